import { choosesGatewaysByProxy } from '../../snapshot/releases.js'
import type { NetworkGateway } from '../../snapshot/networks/network-gateway.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { ipFamily } from '../../istiod/matching/ip-family.js'
import { remembered } from '../../remembered.js'

/**
 * The gateways that stand for an endpoint on another network: those of its own cluster in that network, else all of the network.
 *
 * Only then are those without a port for mutual TLS left out, so a cluster whose own gateways have none hides its neighbours'. Rule NET-10.
 */
export const gatewaysFor = remembered((view: ControlPlaneView, network: string, cluster: string): readonly NetworkGateway[] => {
  const all = view.gateways.get(network) ?? []
  const own = all.filter((gateway) => gateway.cluster === cluster)
  return (own.length > 0 ? own : all).filter((gateway) => gateway.port > 0)
})

/**
 * Gateways of an IP family that the proxy has; a proxy of unknown or of both families takes all (NET-13, ≥1.30).
 *
 * Names count as usable where the control plane resolves them; in a cluster of names, which the proxy resolves itself, they are left out (EDS-24).
 */
export function gatewaysOfFamily(
  view: ControlPlaneView,
  proxy: Workload,
  gateways: readonly NetworkGateway[],
  byName: boolean,
): readonly NetworkGateway[] {
  if (!choosesGatewaysByProxy(view.controlPlane)) return gateways
  const families = familiesOf(proxy)
  if (families.size !== 1) return gateways
  return gateways.filter(({ address, assumed }) => {
    const family = ipFamily(address)
    return family === undefined ? assumed || !byName : families.has(family)
  })
}

const familiesOf = remembered(({ ips }: Workload): ReadonlySet<ReturnType<typeof ipFamily>> => new Set(ips.map(ipFamily)))

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))

/** What every weight is multiplied with, so that it can be split evenly among any network's gateways (NET-19). */
export const weightScale = remembered((view: ControlPlaneView): number => {
  let scale = 1
  for (const gateways of view.gateways.values()) {
    const perCluster = new Map<string, number>()
    for (const { cluster } of gateways) perCluster.set(cluster, (perCluster.get(cluster) ?? 0) + 1)
    for (const many of [gateways.length, ...perCluster.values()]) if (many > 0) scale = (scale * many) / divisor(scale, many)
  }
  return scale
})
