import type { ProxyInput } from '../../model/question.js'
import type { Cluster, ControlPlane, Snapshot } from '../../snapshot/snapshot.js'
import { headerRef } from '../../snapshot/references.js'
import { labelsNetworks } from '../../snapshot/releases.js'
import { capturesAsZtunnel } from '../../snapshot/workloads/captures-dns.js'
import { isEnrolled } from '../../snapshot/workloads/enrolled.js'
import { predictInjection } from '../../snapshot/workloads/injection.js'
import { wouldTakeAnchors } from '../../snapshot/workloads/takes-anchors.js'
import type { Workload } from '../../snapshot/workloads/workload.js'

const managersOf = (snapshot: Snapshot, cluster: Cluster): readonly ControlPlane[] =>
  cluster.managedBy.flatMap((name) => snapshot.controlPlanes.get(name) ?? [])

const ofRevision = (planes: readonly ControlPlane[], revision: string): ControlPlane | undefined =>
  planes.find((plane) => plane.revision === revision || plane.tags.includes(revision)) ?? (planes.length === 1 ? planes[0] : undefined)

/** The control plane it names, the one of its revision, else what its namespace's labels would give it (MODEL-27). */
const controlPlaneOf = (snapshot: Snapshot, cluster: Cluster, proxy: ProxyInput, labels: Workload['labels']): ControlPlane | undefined => {
  if (proxy.controlPlane) return snapshot.controlPlanes.get(proxy.controlPlane)
  const planes = managersOf(snapshot, cluster)
  if (proxy.revision !== undefined && proxy.revision !== null) return ofRevision(planes, proxy.revision === 'default' ? '' : proxy.revision)
  const namespaceLabels = cluster.resources.namespaces.get(proxy.namespace)?.meta.labels
  const spec = { hostNetwork: false }
  const injection = predictInjection({ namespace: proxy.namespace, namespaceLabels, labels, annotations: {}, spec })
  return injection === undefined ? undefined : (ofRevision(planes, injection.revision) ?? planes[0])
}

/** What depends on whether a proxy runs beside it. */
const proxiedFields = (cluster: Cluster, proxy: ProxyInput, network: string, takesAnchors: boolean) => ({
  dataPlane: 'SIDECAR' as const,
  proxyNetwork: network,
  tlsMode: 'istio',
  dnsCapture: proxy.dnsCapture ?? cluster.dnsCapture.value ?? false,
  takesHbone: false,
  takesAnchors,
})

const nakedFields = {
  dataPlane: 'NONE' as const,
  proxyNetwork: '',
  tlsMode: 'disabled',
  dnsCapture: false,
  takesHbone: false,
  takesAnchors: false,
}

/** Captured by its node's ztunnel, as its labels and its namespace's say (AMB-1, AMB-20). */
const capturedFields = (cluster: Cluster, proxy: ProxyInput, controlPlane: ControlPlane) => ({
  dataPlane: 'AMBIENT' as const,
  proxyNetwork: '',
  tlsMode: 'disabled',
  dnsCapture: proxy.dnsCapture ?? capturesAsZtunnel({}, cluster.nodeCapture, controlPlane),
  takesHbone: true,
  takesAnchors: false,
})

/** Where no injection takes it, its namespace may put it into ambient mode, under the first control plane of the cluster (AMB-1). */
const ambientControlPlane = (snapshot: Snapshot, cluster: Cluster, { namespace }: ProxyInput, labels: Workload['labels']) => {
  const [controlPlane] = managersOf(snapshot, cluster)
  const namespaceLabels = cluster.resources.namespaces.get(namespace)?.meta.labels
  const pod = { namespace, namespaceLabels, labels, annotations: {}, spec: { hostNetwork: false }, controlPlane }
  return controlPlane !== undefined && isEnrolled(pod) ? controlPlane : undefined
}

/** As described, else the cluster's; before networks had labels, only what is described (DNS-31). */
const networkOf = (cluster: Cluster, controlPlane: ControlPlane | undefined, proxy: ProxyInput, labels: Workload['labels']): string => {
  const own = proxy.network ?? labels['topology.istio.io/network']
  if (own !== undefined) return own
  return controlPlane !== undefined && !labelsNetworks(controlPlane) ? '' : (cluster.network.value ?? '')
}

/** A workload that no object shows, as its metadata describe it; its proxy is a sidecar when some control plane would configure it. */
export const hypotheticalWorkload = (snapshot: Snapshot, cluster: Cluster, proxy: ProxyInput): Workload => {
  const labels = Object.fromEntries((proxy.labels ?? []).map(({ name, value }) => [name, value]))
  const injected = controlPlaneOf(snapshot, cluster, proxy, labels)
  const ambient = injected === undefined ? ambientControlPlane(snapshot, cluster, proxy, labels) : undefined
  const controlPlane = injected ?? ambient
  const network = networkOf(cluster, controlPlane, proxy, labels)
  const name = 'hypothetical'
  return {
    cluster: cluster.name,
    namespace: proxy.namespace,
    name,
    owner: { kind: 'Hypothetical', name },
    labels,
    annotations: {},
    serviceAccount: proxy.serviceAccount || 'default',
    ips: [],
    hostNetwork: false,
    ready: true,
    synthesised: true,
    containerPorts: [],
    revision: controlPlane?.revision ?? '',
    controlPlane: controlPlane?.name,
    ...(ambient !== undefined
      ? capturedFields(cluster, proxy, ambient)
      : injected === undefined
        ? nakedFields
        : proxiedFields(
            cluster,
            proxy,
            network,
            wouldTakeAnchors(injected, snapshot.clusters.get(injected.configCluster ?? ''), { namespace: proxy.namespace, labels }),
          )),
    networkLabel: network,
    requestedNetworks: [],
    locality: { region: cluster.region, zone: cluster.zone, subzone: '' },
    ref: headerRef('Workload', name, ''),
    meta: { kind: 'Hypothetical', namespace: proxy.namespace, name, labels, annotations: {}, createdAt: 0, index: -1 },
  }
}
