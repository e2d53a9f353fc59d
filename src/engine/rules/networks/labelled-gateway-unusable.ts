import { labelledGateways } from '../../analysis/network/passage/labelled-gateways.js'
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

function* judge(snapshot: Snapshot, view: ControlPlaneView, network: string, told: Set<string>): Iterable<Breach> {
  for (const { cluster: name, name: place, ref } of labelledGateways(view, network)) {
    const cluster = snapshot.clusters.get(name)
    const [namespace = '', own = ''] = place.split('/')
    const service = cluster === undefined ? undefined : findService(cluster, namespace, own)
    if (cluster === undefined || service === undefined || isUsed(view, cluster, service, network)) continue
    const why = whyUnusable(view, cluster, service)
    if (why === undefined || told.has(`${name}/${place}`)) continue
    told.add(`${name}/${place}`)
    const shut = offeredAcross(view, network).length > 0 && !hasUsableGateway(view, network) && !isReachedDirectly(snapshot, view, network)
    const effect = shut
      ? 'nothing else leads into the network, so that clients on other networks are given pod addresses, which they cannot reach'
      : 'it is no way into the network'
    const message = `this Service is labelled as a gateway of network \`${network}\`, but ${why}; ${effect}`
    yield { on: ref, message, severity: shut ? 'ERROR' : 'WARNING' }
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
