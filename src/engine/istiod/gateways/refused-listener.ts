/**
 * Does Envoy refuse the listener that istiod makes of a gateway's port?
 *
 * istiod compares the hosts of servers as they are written, with the namespace that they are kept for; filter chains are told apart by the name alone. Two
 * servers that both hold one name over TLS, one of them for a namespace, make a listener that no proxy takes. Rules ROUTE-12, model/gateway.go CheckDuplicates,
 * GetSNIHostsForServer.
 */
import { remembered } from '../../remembered.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { gatewayServersAt } from './gateway-servers.js'
import { covers } from '../../snapshot/covers.js'
import { boundGateways } from './gateways-selecting.js'
import type { BoundServer } from './merged-servers.js'
import { hostsOf, isSecure, routingKind, type ServerOfGateway } from './servers-for.js'

export interface RefusedListener {
  readonly name: string
  readonly servers: readonly [BoundServer, BoundServer]
}

/** Undefined: it is taken. */
export const refusedListener = remembered(
  (view: ControlPlaneView, cluster: Cluster, workload: Workload, port: number): { readonly found: RefusedListener | undefined } => {
    const held = new Map<string, BoundServer>()
    for (const bound of gatewayServersAt(view, cluster, workload, port)) {
      if (!isSecure(bound.server) || bound.server.tlsMode === 'AUTO_PASSTHROUGH' || !hasChain(view)(bound)) continue
      for (const name of new Set(hostsOf(bound.server))) {
        const other = held.get(name)
        if (other !== undefined) return { found: { name, servers: [other, bound] } }
        held.set(name, bound)
      }
    }
    return { found: undefined }
  },
)

/** Is there anything behind the server's names, or behind that one? One that ends TLS and speaks HTTP, or hands on by SNI, always has
 * filter chains, another one where routes are bound to it. */
export const hasChain =
  (view: ControlPlaneView, name?: string) =>
  ({ gateway: { meta }, server }: ServerOfGateway): boolean => {
    const kind = routingKind(server)
    if (kind === 'http' || kind === 'sni') return true
    const isBound = ({ gateways, meta: own }: VirtualService): boolean =>
      boundGateways(gateways, own.namespace).includes(`${meta.namespace}/${meta.name}`)
    const hasRoutes = (item: VirtualService): boolean => (kind === 'tls' ? takesName(item, name) : item.tcp.length > 0) && isBound(item)
    return [...view.configuration.virtualServices.values()].some((list) => list.some(hasRoutes))
  }

/** Routes of TLS that is passed on say which names they are for. */
const takesName = ({ tls }: VirtualService, name: string | undefined): boolean =>
  tls.some(({ match }) => name === undefined || match.some(({ sniHosts }) => sniHosts.some((host) => covers(host.toLowerCase(), name))))
