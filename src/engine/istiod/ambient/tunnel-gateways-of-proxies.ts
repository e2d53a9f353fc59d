import { remembered } from '../../remembered.js'
import { gatewayNameLabel } from '../../snapshot/networks/hands-on.js'
import type { NetworkGateway } from '../../snapshot/networks/network-gateway.js'
import { hasTunnelPort } from '../../snapshot/networks/service-gateways.js'
import { findService } from '../../snapshot/services/find-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { tunnelGateways } from './tunnel-gateways.js'
import { hbonePort } from './waypoint.js'

/**
 * By which gateways do waypoints and gateways enter a network in tunnels?
 *
 * By those that ztunnels know; where there is none, by Services labelled with the network that have the port for tunnels. Of which Gateway such a Service
 * is, its label says, or nobody. Rules AMB-62, NET-6.
 */
export const tunnelGatewaysOfProxies = remembered((view: ControlPlaneView, network: string): readonly NetworkGateway[] => {
  const known = tunnelGateways(view, network)
  return known.length > 0 ? known : (view.gateways.get(network) ?? []).flatMap((gateway) => throughService(view, gateway) ?? [])
})

function throughService({ snapshot }: ControlPlaneView, gateway: NetworkGateway): NetworkGateway | undefined {
  const { cluster: name, namespace = '', name: own = '' } = gateway.service ?? {}
  const cluster = name === undefined ? undefined : snapshot.clusters.get(name)
  const service = cluster && findService(cluster, namespace, own)
  if (service === undefined || !hasTunnelPort(service)) return undefined
  const of = service.meta.labels[gatewayNameLabel] ?? own
  return { ...gateway, port: hbonePort, tunnel: { namespace, name: of, serviceAccount: of, isReference: false } }
}
