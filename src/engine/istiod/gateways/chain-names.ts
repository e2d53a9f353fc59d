/**
 * By which names do the filter chains of a gateway's server take connections?
 *
 * A server that ends TLS has a chain for its hosts; one that passes TLS on has one for each block of a route that is bound to it, of the server names
 * that the block asks for, whatever the hosts of the server and of its VirtualService are; one in plaintext that is no HTTP takes every name. Without
 * routes only what speaks HTTP has a chain, or hands on by SNI. Rules ROUTE-9, GWAPI-55; core/gateway.go createGatewayTCPFilterChainOpts.
 */
import { groupBy } from '../../group-by.js'
import { remembered } from '../../remembered.js'
import type { Gateway, GatewayServer } from '../../resources/istio/gateway.js'
import type { L4Match, VirtualService } from '../../resources/istio/virtual-service.js'
import { covers } from '../../snapshot/covers.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { virtualServicesOf } from '../virtual-services/virtual-service-index.js'
import { boundGateways, gatewayName } from './gateways-selecting.js'
import { isBoundTo } from './is-bound-to.js'
import { hostsOf, isSecure, routingKind, type ServerOfGateway, weightOf } from './servers-for.js'

const everyName: readonly string[] = ['*']
const none: readonly string[] = []

/** `namespace`: the one of the gateway's pods, which must be offered what is bound. */
export const chainNames = remembered(
  (view: ControlPlaneView, namespace: string, gateway: Gateway, server: GatewayServer): readonly string[] => {
    const kind = routingKind(server)
    if (kind === 'http' || kind === 'sni') return hostsOf(server)
    const blocks = blocksFor(view, namespace, { gateway, server }, kind)
    if (blocks.length === 0) return none
    if (kind === 'tcp') return isSecure(server) ? hostsOf(server) : everyName
    return [...new Set(blocks.flatMap(({ sniHosts }) => (sniHosts.length === 0 ? everyName : sniHosts.map((name) => name.toLowerCase()))))]
  },
)

/** The name of its chains that takes the host, the most specific; undefined: none does. */
export const chainName =
  (view: ControlPlaneView, namespace: string, host: string) =>
  ({ gateway, server }: ServerOfGateway): string | undefined =>
    chainNames(view, namespace, gateway, server)
      .filter((name) => covers(name, host))
      .sort((a, b) => weightOf(b) - weightOf(a))[0]

/** VirtualServices by the Gateways that they name, as the namespace is offered them. */
const boundTo = remembered((view: ControlPlaneView, namespace: string): ReadonlyMap<string, readonly VirtualService[]> => {
  const pairs = virtualServicesOf(view)
    .offeredTo(namespace)
    .flatMap((item) => [...new Set(boundGateways(item.gateways, item.meta.namespace))].map((name) => ({ name, item })))
  return new Map([...groupBy(pairs, ({ name }) => name)].map(([name, list]) => [name, list.map(({ item }) => item)]))
})

/** What routes of connections that have a place at the server ask for. A tcp route without blocks takes everything, a tls route makes no chain. */
function blocksFor(
  view: ControlPlaneView,
  namespace: string,
  bound: ServerOfGateway,
  kind: 'tls' | 'tcp',
): readonly Pick<L4Match, 'sniHosts'>[] {
  const name = `${bound.gateway.meta.namespace}/${bound.gateway.meta.name}`
  return (boundTo(view, namespace).get(name) ?? []).flatMap((item) => {
    if (item[kind].length === 0 || !isBoundTo(view, item, [bound])) return []
    return item[kind].flatMap(({ route, match }) => {
      if (route.length === 0) return []
      const isForAll = match.length === 0 && kind === 'tcp'
      return isForAll ? [{ sniHosts: none }] : match.filter((block) => isForServer(block, item, bound))
    })
  })
}

const isForServer = ({ port, gateways }: L4Match, { meta }: VirtualService, { gateway, server }: ServerOfGateway): boolean =>
  (port === undefined || port === 0 || port === server.port.number) &&
  (gateways.length === 0 ||
    gateways.some((written) => gatewayName(written, meta.namespace) === `${gateway.meta.namespace}/${gateway.meta.name}`))
