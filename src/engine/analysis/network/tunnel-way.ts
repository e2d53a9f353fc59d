/**
 * How does a proxy reach another network in tunnels within tunnels, where ambient mode spans networks?
 *
 * ztunnel does, waypoints unless a flag forbids it, and ingress gateways only where one allows it: for these what is on other networks is not there
 * otherwise. Other gateways are given addresses that they cannot use. Sidecars go on as ever. Rules AMB-5, AMB-62, AMB-64, AMB-66, AMB-68, AMB-70, NET-11,
 * NET-42.
 */
import { ambientNetwork, networkOfEndpoint } from '../../istiod/ambient/ambient-network.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import { networksDiffer } from '../../istiod/ambient/networks-differ.js'
import { spansNetworks } from '../../istiod/ambient/spans-networks.js'
import { tunnelGateways } from '../../istiod/ambient/tunnel-gateways.js'
import { tunnelGatewaysOfProxies } from '../../istiod/ambient/tunnel-gateways-of-proxies.js'
import { remembered } from '../../remembered.js'
import { isOn } from '../../snapshot/flags.js'
import type { NetworkGateway } from '../../snapshot/networks/network-gateway.js'
import { tunnelsFromGateways, tunnelsFromWaypoints } from '../../snapshot/releases.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Dropped } from '../call/stage-values.js'
import type { Way } from './way.js'

/** Undefined: as networks are crossed without ambient mode. */
export function tunnelWay(view: ControlPlaneView, proxy: Workload, endpoint: Endpoint): Way | undefined {
  if (spansNetworks(view) !== 'ON') return undefined
  if (proxy.dataPlane === 'AMBIENT') return wayOfZtunnel(view, proxy, endpoint)
  const { network } = endpoint
  const { dataPlane, proxyNetwork: own } = proxy
  if (network === '' || own === network || !opensTunnels(view, proxy)) return undefined
  // A proxy without a network of its own takes what has no gateway for near, and the rest for far.
  if (own === '' && tunnelGatewaysOfProxies(view, network).length === 0) return 'DIRECT'
  return dataPlane === 'WAYPOINT' ? wayOfWaypoint(view, own, endpoint) : wayOfGateway(view, proxy, endpoint)
}

/** Gateways between networks stand for what is behind them, and are asked for that alone. */
const opensTunnels = ({ controlPlane }: ControlPlaneView, { dataPlane, labels }: Workload): boolean =>
  dataPlane === 'WAYPOINT'
    ? tunnelsFromWaypoints(controlPlane)
    : dataPlane === 'GATEWAY' && tunnelsFromGateways(controlPlane) && labels[managedKey] !== managedEastWest

function wayOfZtunnel(view: ControlPlaneView, { cluster }: Workload, endpoint: Endpoint): Way {
  const network = networkOfEndpoint(view, endpoint)
  if (network === ambientNetwork(view, view.snapshot.clusters.get(cluster))) return 'DIRECT'
  const way = through(tunnelGateways(view, network), endpoint, network)
  const differs = networksDiffer(view, view.snapshot.clusters.get(cluster))
  if (differs === undefined || !('gateways' in way)) return way
  const why = `ztunnel is started for network \`${differs.own}\` (\`NETWORK\`) and its pods are on \`${differs.told}\`, so that it knows no service by which to ask another network`
  return { gateways: way.gateways.map((gateway) => unusable(gateway, why)) }
}

function wayOfWaypoint(view: ControlPlaneView, own: string, endpoint: Endpoint): Way {
  const isAllowed = own === '' || isOn(view.controlPlane, 'AMBIENT_ENABLE_MULTI_NETWORK_WAYPOINT')
  if (isAllowed) return through(nearest(view, endpoint), endpoint, endpoint.network)
  return kept(view, endpoint, 'waypoints are kept on their own network (`AMBIENT_ENABLE_MULTI_NETWORK_WAYPOINT`)')
}

const managedKey = 'gateway.istio.io/managed'

const isIngress = ({ labels }: Workload): boolean =>
  labels[managedKey] === 'istio.io-gateway-controller' || labels['istio'] === 'ingressgateway'

const managedEastWest = 'istio.io-eastwest-controller'

function wayOfGateway(view: ControlPlaneView, proxy: Workload, endpoint: Endpoint): Way {
  const isAllowed = isIngress(proxy) && isOn(view.controlPlane, 'AMBIENT_ENABLE_MULTI_NETWORK_INGRESS')
  if (isIngress(proxy) && !isAllowed && proxy.proxyNetwork !== '')
    return kept(view, endpoint, 'ingress gateways stay on their own network unless `AMBIENT_ENABLE_MULTI_NETWORK_INGRESS` is on')
  const found = through(nearest(view, endpoint), endpoint, endpoint.network)
  return isAllowed || !('gateways' in found) ? found : { gateways: found.gateways.map((gateway) => unusable(gateway, noListener)) }
}

const noListener = 'it has no listener to open the tunnel with that goes inside of the one to it, as ingress gateways alone do'

/** The same gateway for proxies that cannot open the inner tunnel. */
const unusable = remembered(
  (gateway: NetworkGateway, why: string): NetworkGateway =>
    gateway.tunnel === undefined ? gateway : { ...gateway, tunnel: { ...gateway.tunnel, unusable: why } },
)

/** Of the endpoint's own cluster, else all of its network (NET-10). */
function nearest(view: ControlPlaneView, { network, cluster }: Endpoint): readonly NetworkGateway[] {
  const all = tunnelGatewaysOfProxies(view, network)
  const own = all.filter((gateway) => gateway.cluster === cluster)
  return own.length > 0 ? own : all
}

const through = (gateways: readonly NetworkGateway[], endpoint: Endpoint, network: string): Exclude<Way, 'DIRECT'> =>
  gateways.length > 0
    ? { gateways }
    : {
        reason: 'NETWORK_WITHOUT_GATEWAY',
        message: `the endpoint is on network \`${network}\`, which has no gateway that takes tunnels`,
        because: endpoint.because,
      }

const kept = ({ controlPlane }: ControlPlaneView, { network, because }: Endpoint, why: string): Omit<Dropped, 'endpoint'> => ({
  reason: 'AMBIENT_OTHER_NETWORK',
  message: `the endpoint is on network \`${network}\`, and ${why}`,
  because: [controlPlane.ref, ...because],
})
