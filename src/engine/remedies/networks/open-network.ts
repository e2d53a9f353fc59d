import { physicalNetwork } from '../../analysis/packets/physical-network.js'
import type { ClusterResources } from '../../resources/cluster-resources.js'
import { putManifests } from '../../simulate/put-manifests.js'
import { assumedAddress } from '../../snapshot/networks/gateway-addresses.js'
import type { ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { apiVersion, freeName } from '../free-name.js'
import type { ClusterManifests, Proposal, Propose } from '../proposal.js'
import { podsRunning } from '../pods-running.js'
import { serverOf } from '../servers-of.js'
import { failedFor } from '../situation.js'
import { tellOpening } from '../told/tell-opening.js'

/**
 * Nothing leads into the server's network: an east-west gateway there, which hands TLS on by its server name.
 *
 * Where a Service stands for the network already, only its address is missing, which its owner gives. Rules NET-6, NET-10, NET-14.
 */
export const openNetwork: Propose = (situation) => {
  const { snapshot, clients } = situation
  const [client] = clients
  const [path] = failedFor(situation, 'CROSS_NETWORK_WITHOUT_GATEWAY')
  const server = path === undefined ? undefined : serverOf(snapshot, path)
  const view = server?.controlPlane === undefined ? undefined : snapshot.view(server.controlPlane)
  if (client === undefined || server === undefined || view === undefined) return []
  const network = physicalNetwork(server, snapshot.clusters.get(server.cluster))
  const from = physicalNetwork(client.workload, client.cluster)
  const config = view.configCluster?.name
  return network === '' || config === undefined || hasWayIn(snapshot, network)
    ? []
    : [opening(snapshot, { view, config, server, network, from })]
}

const networkKey = 'topology.istio.io/network'

const hasWayIn = ({ clusters }: Snapshot, network: string): boolean =>
  [...clusters.values()].some(({ resources }) =>
    [...resources.services.values()].some((list) => list.some(({ meta }) => meta.labels[networkKey] === network)),
  )

interface Closed {
  readonly view: ControlPlaneView
  /** Where the control plane of the server reads its Istio objects. */
  readonly config: string
  readonly server: Workload
  readonly network: string
  readonly from: string
}

const opening = (snapshot: Snapshot, { view, config, server: { cluster }, network, from }: Closed): Proposal => {
  const namespace = view.controlPlane.systemNamespace
  const home = snapshot.clusters.get(cluster)
  const services = home?.resources.services.get(namespace) ?? []
  const name = freeName('istio-eastwestgateway', services)
  const labels = { app: name, istio: 'eastwestgateway' }
  const proxy = deploymentOf(view, { name, namespace, labels, network })
  const service = serviceOf({ name, namespace, labels, network })
  const gateway = {
    apiVersion: apiVersion(view, 'networking'),
    kind: 'Gateway',
    metadata: { name: freeName('cross-network-gateway', view.configuration.gateways.get(namespace) ?? []), namespace },
    spec: {
      selector: labels,
      servers: [{ port: { number: 15443, name: 'tls', protocol: 'TLS' }, tls: { mode: 'AUTO_PASSTHROUGH' }, hosts: ['*.local'] }],
    },
  }
  const parts: readonly ClusterManifests[] =
    config === cluster
      ? [{ cluster, manifests: [proxy, service, gateway] }]
      : [
          { cluster, manifests: [proxy, service] },
          { cluster: config, manifests: [gateway] },
        ]
  const running = new Map<unknown, readonly unknown[]>([
    [proxy, [proxy, ...(home === undefined ? [] : podsRunning(home, { namespace, name }, proxy.spec.template))]],
    [service, [{ ...service, status: { loadBalancer: { ingress: [{ ip: assumedAddress(cluster, { namespace, name }) }] } } }]],
  ])
  const applied = (manifests: readonly unknown[]): readonly unknown[] => manifests.flatMap((each) => running.get(each) ?? [each])
  const clusters = new Map(
    parts.map((part) => [part.cluster, (resources: ClusterResources) => putManifests(resources, applied(part.manifests))]),
  )
  const told = tellOpening(snapshot, { name, namespace, cluster, config, plane: view.controlPlane.name, from })
  const summary = `open network \`${network}\` by an east-west gateway in cluster \`${cluster}\`; ${told.join('; ')}`
  return { summary, parts, change: { clusters } }
}

interface Named {
  readonly name: string
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
  readonly network: string
}

const serviceOf = ({ name, namespace, labels, network }: Named): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace, labels: { ...labels, [networkKey]: network } },
  spec: {
    type: 'LoadBalancer',
    selector: labels,
    ports: [
      { name: 'status-port', port: 15021, targetPort: 15021 },
      { name: 'tls', port: 15443, targetPort: 15443 },
    ],
  },
})

/** A pod that is nothing but a proxy, which injection fills in. */
const deploymentOf = ({ controlPlane: { revision } }: ControlPlaneView, { name, namespace, labels, network }: Named) => {
  const injected = revision === '' || revision === 'default' ? { 'sidecar.istio.io/inject': 'true' } : { 'istio.io/rev': revision }
  const env = [{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: network }]
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: {
          annotations: { 'inject.istio.io/templates': 'gateway' },
          labels: { ...labels, ...injected, [networkKey]: network },
        },
        spec: { containers: [{ name: 'istio-proxy', image: 'auto', env }] },
      },
    },
  }
}
