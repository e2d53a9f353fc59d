/**
 * Does a gateway between networks take a tunnel, and to whom does it hand on the one inside of it?
 *
 * It ends the outer tunnel and looks at the host and port that the inner one is for: of services that are `GLOBAL` for its own control plane, with an address,
 * it hands it to an endpoint of its own network, or to the waypoint that stands in front, unless a waypoint sends it already. Headless services have no
 * address to be known by. Rules AMB-65 … AMB-68, AMB-70, GWAPI-7.
 */
import { serviceBinding } from '../../../istiod/ambient/binding.js'
import { serviceScope } from '../../../istiod/ambient/service-scope.js'
import { spansNetworks } from '../../../istiod/ambient/spans-networks.js'
import { endpointsOf } from '../../../istiod/endpoints/endpoints-of.js'
import type { Endpoint } from '../../../istiod/endpoints/endpoint.js'
import type { NetworkGateway, TunnelTo } from '../../../snapshot/networks/network-gateway.js'
import type { MeshPort, MeshService } from '../../../snapshot/services/mesh-service.js'
import type { ReasonCode } from '../../../model/reasons.js'
import type { Waypoint } from '../../../istiod/ambient/waypoint.js'
import { type Ended, goOn, stop, undetermined } from '../../call/outcome.js'
import { leadingTo, type RouteTarget } from '../../call/stage-values.js'
import { reachesDirectly } from '../../packets/physical-network.js'
import { usesIngressWaypoint } from '../../waypoint/ingress-binding.js'
import type { Approach, Paths } from './approach.js'
import { addressAssumptions } from './hand-on.js'
import { type TunnelPlace, tunnelPlace } from './tunnel-place.js'
import { waypointEndpoints } from '../../waypoint/waypoint-endpoints.js'

const networkKey = 'topology.istio.io/network'

export function passTunnel(approach: Approach, gateway: NetworkGateway, tunnel: TunnelTo, target: RouteTarget): Paths {
  const { client, path } = approach
  if (tunnel.unusable !== undefined) {
    const message = `\`${client.workload.name}\` is given gateway \`${gateway.address}\` of network \`${gateway.network}\` and cannot use it: ${tunnel.unusable}`
    return stop('NETWORK', { reason: 'AMBIENT_OTHER_NETWORK', message, because: [client.workload.ref, ...gateway.because] })
  }
  const place = tunnelPlace(client.snapshot, gateway)
  if ('open' in place) return undetermined('NETWORK', place.open, gateway.because)
  if ('missing' in place) return stop('NETWORK', { reason: 'GATEWAY_NOT_FOUND', message: place.missing, because: gateway.because })
  const assumptions = [...place.assumptions, ...addressAssumptions(gateway)]
  const behind = lookThrough(approach, place, target)
  if ('passed' in behind) return behind
  const entry = path.passage?.entry ?? path.endpoint
  const passage = { gateway, entry, proxy: place.proxy, proxyPort: place.port, further: [] }
  const paths = behind.endpoints.map((endpoint) =>
    leadingTo(path, { endpoint, passage, server: endpoint.workload, serverPort: endpoint.port }),
  )
  const where = `gateway \`${gateway.address}:${gateway.port}\` of \`${place.cluster.name}\``
  const message = `${where} hands on the tunnel inside of the one to it, to ${behind.to}`
  const because = [...gateway.because, behind.service.ref]
  return goOn('NETWORK', paths, { reason: 'VIA_GATEWAY', message, because }, { assumptions })
}

interface Behind {
  readonly service: MeshService
  readonly endpoints: readonly Endpoint[]
  readonly to: string
}

interface Known {
  readonly service: MeshService
  readonly port: MeshPort
  readonly refuse: (reason: ReasonCode, why: string) => Ended
}

const nameOf = ({ gateway: { meta }, cluster }: TunnelPlace): string => `gateway \`${meta.namespace}/${meta.name}\` of \`${cluster.name}\``

/** Why it listens for no tunnels, or nobody knows. */
function whyDeaf(place: TunnelPlace): Ended | undefined {
  const { controlPlane } = place.view
  const spans = spansNetworks(place.view)
  const plane = `control plane \`${controlPlane.name}\``
  if (spans === 'UNKNOWN')
    return undetermined(
      'NETWORK',
      `what ${plane} makes of ${nameOf(place)} in release ${controlPlane.version.text} is not known`,
      place.because,
    )
  if (spans === 'ON') return undefined
  const message = `${plane}, which configures ${nameOf(place)}, runs without ambient mode across networks (\`AMBIENT_ENABLE_MULTI_NETWORK\`), and gives it nothing to listen with`
  return stop('NETWORK', { reason: 'GATEWAY_SERVER_MISSING', message, because: [controlPlane.ref, ...place.because] })
}

/** The service as its own control plane has it. */
function know(place: TunnelPlace, { service: { hostname }, port: { number } }: RouteTarget): Known | Ended {
  const { view } = place
  const plane = `control plane \`${view.controlPlane.name}\``
  const service = view.servicesByHost(hostname).find(({ registry }) => registry === 'KUBERNETES')
  const refuse: Known['refuse'] = (reason, why) =>
    stop('NETWORK', {
      reason,
      message: `${nameOf(place)} ${why}`,
      because: [...place.because, ...(service === undefined ? [] : [service.ref])],
    })
  if (service === undefined) return refuse('GATEWAY_NOT_GLOBAL', `does not know \`${hostname}\`, as ${plane} has no such service`)
  const { scope, open } = serviceScope(view, service)
  if (open !== undefined) return undetermined('NETWORK', open, [service.ref])
  if (scope !== 'GLOBAL') {
    const how = 'by `serviceScopeConfigs`, mostly the label `istio.io/global` of the Service'
    return refuse('GATEWAY_NOT_GLOBAL', `takes no tunnels for \`${hostname}\`, which is not \`GLOBAL\` for ${plane} (${how})`)
  }
  if (service.headless) return refuse('GATEWAY_NOT_GLOBAL', `knows services by their address, and \`${hostname}\` is headless`)
  const port = service.ports.find((one) => one.number === number)
  if (port !== undefined) return { service, port, refuse }
  return refuse('PORT_NOT_DECLARED', `knows no port ${number} of \`${hostname}\`, whose number must be the same on both sides`)
}

function lookThrough(approach: Approach, place: TunnelPlace, target: RouteTarget): Behind | Ended {
  const deaf = whyDeaf(place)
  if (deaf !== undefined) return deaf
  const known = know(place, target)
  if ('passed' in known) return known
  const front = fronting(approach, place, known.service)
  if (front?.open !== undefined) return undetermined('NETWORK', front.open, front.because)
  const waypoints = front?.bound.map(({ waypoint }) => waypoint) ?? []
  const network = place.gateway.meta.labels[networkKey] ?? ''
  const isHere = (endpoint: Endpoint): boolean => (network === '' || endpoint.network === network) && arrives(approach, place, endpoint)
  return waypoints.length === 0 ? toServers(place, known, isHere) : toWaypoints(place, known, waypoints, isHere)
}

function toServers({ view }: TunnelPlace, { service, port, refuse }: Known, isHere: (endpoint: Endpoint) => boolean): Behind | Ended {
  const { hostname } = service
  const tolerant = service.definitions[0]?.service.publishNotReadyAddresses === true
  const endpoints = endpointsOf(view, service, port).filter((endpoint) => (endpoint.health === 'HEALTHY' || tolerant) && isHere(endpoint))
  if (endpoints.length > 0) return { service, endpoints, to: `an endpoint of \`${hostname}:${port.number}\`` }
  return refuse('GATEWAY_NO_ENDPOINTS', `has no endpoint of \`${hostname}:${port.number}\` on its own network to hand on to`)
}

/** Two where a canary takes a part. */
function toWaypoints(
  { view }: TunnelPlace,
  { service, refuse }: Known,
  waypoints: readonly Waypoint[],
  isHere: (endpoint: Endpoint) => boolean,
): Behind | Ended {
  const names = waypoints.map(({ gateway: { meta } }) => `\`${meta.namespace}/${meta.name}\``).join(' or ')
  const to = `waypoint ${names}, which stands in front of \`${service.hostname}\` there`
  const endpoints = waypoints.flatMap((waypoint) => waypointEndpoints(view, waypoint)).filter(isHere)
  return endpoints.length > 0 ? { service, endpoints, to } : refuse('GATEWAY_NO_ENDPOINTS', `has no pod of ${to}`)
}

/** The waypoint there, for whom no waypoint has decided yet; for gateways only where the service asks for it (AMB-68). */
function fronting({ client: { workload } }: Approach, { view }: TunnelPlace, service: MeshService) {
  if (workload.dataPlane === 'WAYPOINT') return undefined
  if (workload.dataPlane === 'GATEWAY' && !usesIngressWaypoint(view, service)) return undefined
  return serviceBinding(view, service)
}

const arrives = ({ client: { snapshot } }: Approach, { proxy }: TunnelPlace, { workload }: Endpoint): boolean =>
  workload !== undefined && reachesDirectly(snapshot, proxy, workload)
