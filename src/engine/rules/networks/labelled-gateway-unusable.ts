import { type LabelledGateway, labelledGateways } from '../../analysis/network/passage/labelled-gateways.js'
import type { Service } from '../../resources/kubernetes/service.js'
import { findService } from '../../snapshot/services/find-service.js'
import { gatewayAddressesOf } from '../../snapshot/networks/gateway-addresses.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { hasUsableGateway, isReachedDirectly, offeredAcross } from './offered-across.js'

const portLabel = 'networking.istio.io/gatewayPort'
const tunnelPort = 15008

/** What keeps the control plane from counting the Service as a way into its network, and what to do. */
function whyUnusable(view: ControlPlaneView, cluster: Cluster, service: Service): string | undefined {
  const { namespace, labels } = service.meta
  if (!view.selects(cluster.name, namespace))
    return `control plane \`${view.controlPlane.name}\` does not see namespace \`${namespace}\`: let \`discoverySelectors\` select it`
  const numbers = service.ports.map(({ number }) => number)
  const wanted = Number(labels[portLabel] ?? 15443)
  if (!numbers.includes(wanted) && !numbers.includes(tunnelPort))
    return `it has no port ${wanted}: add it, or name the port by the label \`${portLabel}\``
  if (gatewayAddressesOf(cluster, service).length > 0) return undefined
  if (service.type === 'LoadBalancer') return 'its load balancer has no address, by its status'
  return service.type === 'NodePort'
    ? 'no node with an external address is named for it: add the annotation `traffic.istio.io/nodeSelector`, or `externalIPs`'
    : `it is of type \`${service.type}\` without \`externalIPs\`: make it a LoadBalancer`
}

const isUsed = (view: ControlPlaneView, cluster: Cluster, { meta }: Service, network: string): boolean =>
  view.gateways
    .get(network)
    ?.some(
      ({ service }) => service?.cluster === cluster.name && `${service.namespace}/${service.name}` === `${meta.namespace}/${meta.name}`,
    ) === true

/** Does nothing else lead into a network that clients on others call into? */
const isShut = (snapshot: Snapshot, view: ControlPlaneView, network: string): boolean =>
  offeredAcross(view, network).length > 0 && !hasUsableGateway(view, network) && !isReachedDirectly(snapshot, view, network)

function tell(view: ControlPlaneView, network: string, gateway: LabelledGateway): string | undefined {
  const cluster = view.snapshot.clusters.get(gateway.cluster)
  const [namespace = '', name = ''] = gateway.name.split('/')
  const service = cluster === undefined ? undefined : findService(cluster, namespace, name)
  if (cluster === undefined || service === undefined || isUsed(view, cluster, service, network)) return undefined
  return whyUnusable(view, cluster, service)
}

function* judge(snapshot: Snapshot, view: ControlPlaneView, network: string, told: Set<string>): Iterable<Breach> {
  for (const gateway of labelledGateways(view, network)) {
    const key = `${gateway.cluster}/${gateway.name}`
    const why = told.has(key) ? undefined : tell(view, network, gateway)
    if (why === undefined) continue
    told.add(key)
    const shut = isShut(snapshot, view, network)
    const effect = shut
      ? 'nothing else leads into the network, so that clients on other networks are given pod addresses, which they cannot reach'
      : 'it is no way into the network'
    const message = `this Service is labelled as a gateway of network \`${network}\`, but ${why}; ${effect}`
    yield { on: gateway.ref, message, severity: shut ? 'ERROR' : 'WARNING' }
  }
}

const labelled = (view: ControlPlaneView): readonly string[] => [
  ...new Set(
    view.clusters.flatMap(({ resources }) =>
      [...resources.services.values()].flatMap((list) => list.flatMap(({ meta }) => meta.labels['topology.istio.io/network'] ?? [])),
    ),
  ),
]

export const labelledGatewayUnusable: Rule = {
  code: 'NET104',
  name: 'labelled-gateway-unusable',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary: 'A Service is labelled as a network’s gateway, and no control plane can use it as one (NET-6, NET-7, MODEL-6).',
  *check(snapshot): Iterable<Breach> {
    const told = new Set<string>()
    for (const name of snapshot.controlPlanes.keys()) {
      const view = snapshot.view(name)
      for (const network of labelled(view)) yield* judge(snapshot, view, network, told)
    }
  },
}
