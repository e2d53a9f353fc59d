/**
 * Which pods answer a cluster's pods when they look up names?
 *
 * Those behind the DNS Service, at their own port; a resolver on each node stands in front of them where it is installed. Where a document
 * leaves them out, they are taken to be as Kubernetes' installers make them. Rule NP-22.
 */
import type { Service } from '../../resources/kubernetes/service.js'
import { remembered } from '../../remembered.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { assumedPod } from '../../snapshot/workloads/assumed-pod.js'
import { clusterEndpoints } from '../../istiod/endpoints/endpoints-of.js'

export interface Resolver {
  readonly pod: Workload
  readonly port: number
}

export interface Resolvers {
  /** One for each set of labels. */
  readonly pods: readonly Resolver[]
  /** They are not in the document. */
  readonly assumed: boolean
  /** Each node has a resolver of its own. */
  readonly onNodes: boolean
}

/** The address at which resolvers on nodes listen, by convention. */
export const nodeLocalAddress = '169.254.20.10'

const namespaces = ['kube-system', 'openshift-dns']
const dnsLabels = new Set(['kube-dns', 'coredns'])

const isDns = ({ meta, ports }: Service): boolean =>
  ports.some(({ number }) => number === 53) &&
  (dnsLabels.has(meta.name) || meta.name === 'dns-default' || dnsLabels.has(meta.labels['k8s-app'] ?? ''))

const findServices = ({ resources }: Cluster): readonly Service[] =>
  namespaces.flatMap((namespace) => (resources.services.get(namespace) ?? []).filter(isDns))

const podsBehind = (cluster: Cluster, { meta, ports }: Service): readonly Resolver[] => {
  const udp = new Set(ports.filter(({ protocol }) => protocol === 'UDP').map(({ name }) => name))
  return clusterEndpoints(cluster, meta.namespace, meta.name).flatMap(({ workload, port, portName }) =>
    workload === undefined || (udp.size > 0 && !udp.has(portName)) ? [] : [{ pod: workload, port }],
  )
}

const hasNodeResolver = ({ resources }: Cluster): boolean =>
  (resources.podControllers.get('kube-system') ?? []).some(({ meta }) => meta.name.startsWith('node-local-dns')) ||
  (resources.pods.get('kube-system') ?? []).some(({ meta }) => meta.name.startsWith('node-local-dns'))

/** As kubeadm and OpenShift install it. */
const assumedResolver = (cluster: Cluster, service: Service | undefined): Resolver => {
  const openShift = cluster.resources.namespaces.has('openshift-dns')
  const [namespace, name, port] = openShift ? ['openshift-dns', 'dns-default', 5353] : ['kube-system', 'kube-dns', 53]
  const labels = service?.selector ?? (openShift ? { 'dns.operator.openshift.io/daemonset-dns': 'default' } : { 'k8s-app': 'kube-dns' })
  const ports = [
    { name: 'dns', number: port, protocol: 'UDP' as const },
    { name: 'dns-tcp', number: port },
  ]
  return { pod: assumedPod(cluster, { namespace, name, labels, ports }), port }
}

/** Whom a pod of the cluster asks. */
export const resolversOf = remembered((cluster: Cluster): Resolvers => {
  const services = findServices(cluster)
  const given = services.flatMap((service) => podsBehind(cluster, service))
  const distinct = new Map(given.map((resolver) => [resolver.pod.labels, resolver]))
  const onNodes = hasNodeResolver(cluster)
  if (distinct.size > 0) return { pods: [...distinct.values()], assumed: false, onNodes }
  return { pods: [assumedResolver(cluster, services[0])], assumed: true, onNodes }
})
