/**
 * How does the client's proxy reach each endpoint: by its own address, or through the gateways of the endpoint's network?
 *
 * A proxy without a network takes every network for foreign since 1.30 and none before; an endpoint that cannot take mutual TLS is dropped instead
 * of being sent through a gateway. A network without any gateway is dialled directly, whether packets get there or not: the gateway passage judges that.
 * Rules NET-4, NET-9 … NET-17, NET-19, NET-20, AMB-64.
 */
import { flatMap } from '../../flat-map.js'
import { pause } from '../../pause.js'
import { crossesNetworksInAmbient } from '../../snapshot/flags.js'
import { spansNetworks } from '../../istiod/ambient/spans-networks.js'
import { choosesGatewaysByProxy } from '../../snapshot/releases.js'
import type { NetworkGateway } from '../../snapshot/networks/network-gateway.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { isMutualTlsCapable } from '../../istiod/inbound/is-mutual-tls-capable.js'
import { gatewaysFor, gatewaysOfFamily, weightScale } from './gateways-for.js'
import { tunnelWay } from './tunnel-way.js'
import { keepsOriginalAddress } from '../discovery/original-endpoints.js'
import type { Client } from '../call/call.js'
import { endedWith, type Outcome, passedWith, stepOf } from '../call/outcome.js'
import { physicalNetwork } from '../packets/physical-network.js'
import type { Way } from './way.js'
import { directPath, type Dropped, type NetworkPath, type RouteTarget } from '../call/stage-values.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import type { Workload } from '../../snapshot/workloads/workload.js'

export interface Translated {
  readonly outcome: Outcome<readonly NetworkPath[]>
  /** Endpoints that are not ready and would be dialled by their own address; those behind a gateway count for it (EDS-9). */
  readonly unready: readonly NetworkPath[]
  readonly dropped: readonly Dropped[]
}

/** One path for each endpoint dialled directly, and one for each gateway and locality that stand for endpoints on other networks. */
export function translateNetwork(
  client: Client,
  target: RouteTarget | undefined,
  endpoints: readonly Endpoint[],
  unready: readonly Endpoint[] = [],
): Translated {
  const translates =
    target !== undefined && client.view !== undefined && translatesFor(client, client.view) && !keepsOriginalAddress(client, target)
  if (!translates) {
    const direct = (list: readonly Endpoint[]): readonly NetworkPath[] => flatMap(list, (endpoint) => directPath(endpoint))
    return { outcome: passed(direct(endpoints)), unready: direct(unready), dropped: [] }
  }
  return translateAll(client.view, client.workload, target, endpoints, unready)
}

/** Without any gateway between networks everything is dialled directly, but for those who cross networks in tunnels or not at all. */
const translatesFor = ({ workload }: Client, view: ControlPlaneView): boolean =>
  view.gateways.size > 0 || (workload.dataPlane !== 'SIDECAR' && spansNetworks(view) === 'ON')

/** The same for any proxy of a control plane: the client's, or a gateway's on the way. */
export function translateAll(
  view: ControlPlaneView,
  proxy: Workload,
  target: RouteTarget,
  endpoints: readonly Endpoint[],
  unready: readonly Endpoint[] = [],
): Translated {
  const scale = view.gateways.size === 0 ? 1 : weightScale(view)
  const paths: NetworkPath[] = []
  const waiting: NetworkPath[] = []
  const through = createGatewayEntries(proxy.dataPlane !== 'AMBIENT')
  const dropped: Dropped[] = []
  for (const [index, endpoint] of [...endpoints, ...unready].entries()) {
    pause()
    const way = wayTo(view, proxy, target, endpoint)
    if (way === 'DIRECT') (index < endpoints.length ? paths : waiting).push(directPath(endpoint, endpoint.weight * scale))
    else if ('reason' in way) dropped.push({ endpoint, ...way })
    else for (const gateway of way.gateways) through.add(gateway, endpoint, (endpoint.weight * scale) / way.gateways.length)
  }
  const all = [...paths, ...through.paths()]
  return { outcome: all.length > 0 ? passed(all) : allDropped(target, dropped), unready: waiting, dropped }
}

function wayTo(view: ControlPlaneView, proxy: Workload, target: RouteTarget, endpoint: Endpoint): Way {
  const { network } = endpoint
  const own = proxy.proxyNetwork
  if (endpoint.address.startsWith('unix://')) return socketDropped(endpoint)
  const tunnelled = tunnelWay(view, proxy, endpoint)
  if (tunnelled !== undefined) return tunnelled
  if (network === '' || own === network) return 'DIRECT'
  if (proxy.dataPlane === 'AMBIENT') return ambientWay(view, proxy, endpoint)
  return classicWay(view, proxy, target, endpoint)
}

/** Through gateways that hand mutual TLS on. */
function classicWay(view: ControlPlaneView, proxy: Workload, target: RouteTarget, endpoint: Endpoint): Way {
  const { network } = endpoint
  const own = proxy.proxyNetwork
  const gateways = gatewaysFor(view, network, endpoint.cluster)
  if (gateways.length === 0) return crossesNetworksInAmbient(view.controlPlane) && own !== '' ? withoutGateway(endpoint) : 'DIRECT'
  if (own === '' && !choosesGatewaysByProxy(view.controlPlane)) return 'DIRECT'
  const usable = gatewaysOfFamily(view, proxy, gateways, target.service.resolution.startsWith('DNS'))
  if (usable.length === 0) {
    const message = `the gateways of network \`${network}\` have no address of the proxy's IP family`
    return { reason: 'NETWORK_GATEWAY_FAMILY', message, because: flatMap(gateways, ({ because }) => because) }
  }
  const capability = isMutualTlsCapable(view, target.rule, target.service, target.port, target.subset, endpoint)
  if (capability.capable) return { gateways: usable }
  const message = `gateways into network \`${network}\` take only mutual TLS, but ${capability.message}`
  return { reason: 'NOT_MTLS', message, because: capability.because }
}

/** A UNIX socket has no host, and is lost as soon as the control plane knows any network gateway (EDS-32). */
const socketDropped = (endpoint: Endpoint): Omit<Dropped, 'endpoint'> => ({
  reason: 'ENDPOINT_WITHOUT_ADDRESS',
  message: 'the endpoint is a UNIX socket, and those are lost as soon as any network gateway is known',
  because: endpoint.because,
})

/** Ambient workloads have no way to another network but by a feature that is off by default (NET-43). */
function ambientWay({ snapshot }: ControlPlaneView, proxy: Workload, endpoint: Endpoint): Way {
  const { network } = endpoint
  if (snapshot.routable(physicalNetwork(proxy, snapshot.clusters.get(proxy.cluster)), network)) return 'DIRECT'
  const message = `the endpoint is on network \`${network}\`, and ztunnel does not cross networks`
  return { reason: 'AMBIENT_OTHER_NETWORK', message, because: endpoint.because }
}

/** With ambient multi-network on, what has no gateway is dropped instead of dialled (NET-42, NET-45). */
const withoutGateway = (endpoint: Endpoint): Omit<Dropped, 'endpoint'> => ({
  reason: 'NETWORK_WITHOUT_GATEWAY',
  message: `the endpoint is on network \`${endpoint.network}\`, which has no gateway`,
  because: endpoint.because,
})

interface GatewayEntry {
  readonly gateway: NetworkGateway
  /** The first of the endpoints that it stands for. */
  readonly endpoint: Endpoint
  readonly locality: string
  weight: number
}

/** A gateway stands once for each locality of the endpoints it replaces, with their weight (NET-15, NET-19, NET-20); for ztunnel once for all (AMB-64). */
function createGatewayEntries(byLocality: boolean): {
  add(gateway: NetworkGateway, endpoint: Endpoint, weight: number): void
  paths(): readonly NetworkPath[]
} {
  const entries: GatewayEntry[] = []
  const known = new Map<NetworkGateway, Map<string, GatewayEntry>>()
  return {
    add: (gateway, endpoint, weight) => {
      const locality = byLocality ? endpoint.locality : ''
      const places = known.get(gateway) ?? new Map<string, GatewayEntry>()
      known.set(gateway, places)
      const entry = places.get(locality)
      if (entry !== undefined) entry.weight += weight
      else {
        const added = { gateway, endpoint, locality, weight }
        places.set(locality, added)
        entries.push(added)
      }
    },
    paths: () => entries.map(gatewayPath),
  }
}

const gatewayPath = ({ gateway, endpoint, locality, weight }: GatewayEntry): NetworkPath => ({
  endpoint,
  dialled: { address: gateway.address, port: gateway.port },
  passage: { gateway, entry: endpoint, proxy: undefined, proxyPort: undefined, further: [] },
  server: undefined,
  serverPort: gateway.port,
  locality,
  weight,
})

const passed = (paths: readonly NetworkPath[]): Outcome<readonly NetworkPath[]> => {
  const through = paths.filter(({ passage }) => passage !== undefined).length
  const reason = through === 0 ? 'DIRECT' : through === paths.length ? 'VIA_GATEWAY' : 'DIRECT_AND_VIA_GATEWAY'
  const message =
    through === 0 ? 'endpoints are dialled by their own addresses' : 'endpoints on other networks are dialled through gateways'
  const step = stepOf('NETWORK', 'PASSED', { reason, message, because: [] })
  return passedWith(step, paths, [], [])
}

function allDropped(target: RouteTarget, dropped: readonly Dropped[]): Outcome<readonly NetworkPath[]> {
  const first = dropped[0]
  const same = dropped.every(({ reason }) => reason === first?.reason)
  const many = dropped.length === 1 ? 'the only endpoint' : `all ${dropped.length} endpoints`
  const step = stepOf('NETWORK', 'STOPPED', {
    reason: same && first !== undefined ? first.reason : 'NO_ENDPOINTS',
    message: `${many} of \`${target.service.hostname}\` cannot be handed to the proxy, as ${first?.message ?? 'none is left'}`,
    because: [...new Set(flatMap(dropped.slice(0, 5), ({ because }) => because))],
  })
  return endedWith(step, 'STOPPED', [])
}
