import type { NetworkGateway } from './network-gateway.js'
import type { ControlPlaneView } from '../snapshot.js'
import { kubernetesGatewaysOf } from './kubernetes-gateways.js'
import { configuredGatewaysOf } from './configured-gateways.js'
import { type GatewayContext, serviceGatewaysOf } from './service-gateways.js'

const keyOf = (gateway: NetworkGateway): string => `${gateway.network}|${gateway.cluster}|${gateway.address}|${gateway.port}`

/** In address order, as they are written into endpoint lists (NET-19). */
const byAddress = (a: NetworkGateway, b: NetworkGateway): number =>
  a.address < b.address ? -1 : a.address > b.address ? 1 : a.cluster < b.cluster ? -1 : a.cluster > b.cluster ? 1 : a.port - b.port

/** All known ways into each network. Rules NET-6 (a … d), NET-7: united, equal ones once. */
export const networkGatewaysOf = (context: GatewayContext): ControlPlaneView['gateways'] => {
  const found = new Map<string, NetworkGateway>()
  const all = [...configuredGatewaysOf(context), ...serviceGatewaysOf(context), ...kubernetesGatewaysOf(context)]
  for (const gateway of all) if (!found.has(keyOf(gateway))) found.set(keyOf(gateway), gateway)
  const byNetwork = new Map<string, NetworkGateway[]>()
  for (const gateway of [...found.values()].sort(byAddress)) {
    const list = byNetwork.get(gateway.network)
    if (list === undefined) byNetwork.set(gateway.network, [gateway])
    else list.push(gateway)
  }
  return byNetwork
}
