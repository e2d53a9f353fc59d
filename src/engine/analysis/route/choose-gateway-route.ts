import type { Gateway, GatewayServer } from '../../resources/istio/gateway.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import { remembered } from '../../remembered.js'
import { chooseConnection, type Connection } from './choose-connection.js'

import { defaultAlternative } from './default-alternative.js'
import { chainName } from '../../istiod/gateways/chain-names.js'
import { isBoundTo } from '../../istiod/gateways/is-bound-to.js'
import { type VirtualHost, virtualHostsOver } from '../../istiod/gateways/virtual-hosts.js'
import { isSecure, routingKind, type ServerOfGateway, serversFor } from '../../istiod/gateways/servers-for.js'
import { chooseHttp, nameAll } from './choose-http.js'
import { type Outcome, stop } from '../call/outcome.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { RoutingProxy } from './concerns-proxy.js'
import type { RoutingContext } from './find-target.js'
import { titleOf } from '../../snapshot/references.js'
import { droppedRoutes } from './told/dropped-routes.js'
import { whyMisbound } from './told/why-misbound.js'
import { whyNotTaken } from './told/why-not-taken.js'
import { whyUnattached } from './told/why-unattached.js'
import { concludeRoute } from './conclude-route.js'
import { refusedAmong } from './refused-among.js'
import { tellLosers } from './told/tell-losers.js'
import type { RouteQuestion } from './route-question.js'
import { type ServersAsked, serversAsked } from '../scope/servers-asked.js'
import type { ResolvedCall } from '../call/call.js'
import type { Named, Routed } from '../call/stage-values.js'
import { hostedOver } from '../../istiod/scope/virtual-services-for.js'
import { leadsTo } from '../../istiod/virtual-services/leads-to.js'

const nameOf = ({ meta }: Gateway): string => `${meta.namespace}/${meta.name}`

/**
 * Where a gateway proxy sends a request for the host that came in on the port.
 *
 * It knows only the VirtualServices bound to the Gateways that select it, and only for hosts that a server of that port
 * takes; without one it answers 404 or closes. Rules ROUTE-9, ROUTE-11, ROUTE-12, ROUTE-13, VIS-27, VIS-28.
 */
export function chooseGatewayRoute(question: RouteQuestion, scope: ProxyScope, asked: number): Outcome<Routed> {
  const { named, call } = question
  const { workload } = call.client
  const { port, all, standing, leftOut } = serversAsked(call, scope.view, asked)
  const taking = serversFor(standing, named.hostname, chainName(scope.view, workload.namespace, named.hostname))
  const context: RoutingContext = { scope, labels: workload.labels, port, keepsPort: false, caller: workload }
  const [first] = taking
  if (first === undefined) return routeUntaken(question, scope, context, { all, standing })
  if (routingKind(first.server) === 'sni') return routeOutright(question, scope, context, taking)
  // Over TLS each server has filter chains of its own, if it has any; requests in plaintext are routed by all of them together.
  const inPlain = standing.filter((one) => taking.includes(one) && !isSecure(one.server))
  const groups = [...taking.filter(({ server }) => isSecure(server)).map((one) => [one]), ...(inPlain.length > 0 ? [inPlain] : [])]
  for (const group of groups) {
    const chosen = byServers(group, question, context)
    if (chosen !== undefined) return chosen
    if (group.some(({ server }) => routingKind(server) === 'http')) break
  }
  return noneBound(named.hostname, scope, port, { taking, leftOut })
}

/** Nothing that is bound to the servers has a route for it, and why what seems meant to has none. */
function noneBound(
  hostname: string,
  scope: ProxyScope,
  port: number,
  { taking, leftOut }: { readonly taking: readonly ServerOfGateway[]; readonly leftOut: ServersAsked['leftOut'] },
): Outcome<Routed> {
  const names = [...new Set(taking.map(({ gateway }) => titleOf(gateway.meta)))].join(', ')
  const gateways = taking.map(({ gateway }) => gateway)
  const having = hostedOver(scope, hostname, port).map(({ item }) => item)
  const unattached =
    whyUnattached(scope.view, gateways, hostname) ??
    whyNotTaken(scope, taking, hostname) ??
    droppedRoutes(
      scope.view,
      having.filter((item) => isBoundTo(scope.view, item, taking)),
    ) ??
    whyMisbound(scope, { taking, leftOut }, hostname)
  const message = `nothing bound to ${names} has a route for \`${hostname}\` on port ${port}${unattached === undefined ? '' : `; ${unattached.message}`}`
  const because = taking.map(({ gateway }) => scope.view.ref(gateway.meta, 'spec.servers'))
  return stop('ROUTE', { reason: 'NO_ROUTE', message, because: [...(unattached?.because ?? []), ...because] })
}

/** What the VirtualServices bound to these servers, which share routes, make of the call; undefined: they have none for it. */
function byServers(
  servers: readonly ServerOfGateway[],
  { named, call }: RouteQuestion,
  context: RoutingContext,
): Outcome<Routed> | undefined {
  const { scope, port, labels } = context
  const proxy: RoutingProxy = {
    labels,
    namespace: call.client.workload.namespace,
    gateways: servers.map(({ gateway }) => nameOf(gateway)),
    port,
  }
  const [first] = servers
  const kind = first === undefined ? 'sni' : routingKind(first.server)
  if (kind === 'sni') return undefined
  if (kind !== 'http') return byConnection(forConnections(scope, servers, kind), proxy, context, carriedIn(named, servers, kind))
  const refused = refusedAmong(scope, proxy, (item) => isBoundTo(scope.view, item, servers))
  return refused ?? byHttp(virtualHostsOver(servers, hostedOver(scope, named.hostname, port), named.hostname), proxy, context, call)
}

/** `httpsRedirect`: every request to the server is answered with a redirect (ROUTE-7). */
function redirected({ gateway }: ServerOfGateway, scope: ProxyScope): Outcome<Routed> {
  const message = `Gateway \`${nameOf(gateway)}\` answers with a redirect to https`
  return stop('ROUTE', { reason: 'REDIRECTED', message, because: [scope.view.ref(gateway.meta, 'spec.servers')] })
}

/** Those bound to the servers: which server names they take stands in their matches, whatever their hosts are (ROUTE-9, GWAPI-55). */
const forConnections = (scope: ProxyScope, servers: readonly ServerOfGateway[], kind: 'tls' | 'tcp'): readonly VirtualService[] =>
  ofConnections(scope, kind).filter((item) => isBoundTo(scope.view, item, servers))

const ofConnections = remembered((scope: ProxyScope, kind: 'tls' | 'tcp') => scope.virtualServices.filter((item) => item[kind].length > 0))

function byHttp(hosts: readonly VirtualHost[], proxy: RoutingProxy, context: RoutingContext, call: ResolvedCall) {
  for (const { items, redirecting } of hosts) {
    if (redirecting !== undefined) return redirected(redirecting, context.scope)
    const routed = routedByHttp(items, proxy, context, call)
    if (routed !== undefined) return routed
  }
  return undefined
}

function routedByHttp(items: VirtualHost['items'], proxy: RoutingProxy, context: RoutingContext, call: ResolvedCall) {
  const asOf = (item: VirtualService): RoutingProxy => ({ ...proxy, gateways: items.get(item) ?? proxy.gateways })
  const chosen = chooseHttp([[...items.keys()]], asOf, context, call)
  if (chosen === undefined) return undefined
  const because = chosen.by.map(({ meta }) => context.scope.view.ref(meta))
  const value: Routed = { mode: 'MESH', port: proxy.port, protocol: 'HTTP', alternatives: chosen.alternatives }
  const besides = tellLosers(context.scope.view, chosen, proxy.namespace)
  return concludeRoute(value, { on: chosen.on, by: nameAll(chosen.by), because, assumptions: [], besides })
}

/** What came inside of TLS that a server ends is taken for what the destination speaks; in plaintext anything may come. */
function carriedIn({ hostname }: Named, servers: readonly ServerOfGateway[], kind: 'tls' | 'tcp'): Connection {
  const plain = servers.every(({ server }) => !isSecure(server))
  return { kind, sni: hostname, carries: kind === 'tls' ? 'TLS' : plain ? 'ANYTHING' : 'AS_SPOKEN' }
}

function byConnection(list: readonly VirtualService[], proxy: RoutingProxy, context: RoutingContext, connection: Connection) {
  const chosen = chooseConnection(list, proxy, context, connection)
  if (chosen === undefined) return undefined
  const because = [context.scope.view.ref(chosen.virtualService.meta)]
  const value: Routed = {
    mode: 'MESH',
    port: proxy.port,
    protocol: connection.kind === 'tls' ? 'TLS' : 'TCP',
    alternatives: [chosen.alternative],
  }
  return concludeRoute(value, { on: [], by: nameAll([chosen.virtualService]), because, assumptions: [] })
}

/** No server has the host: a request for it that came in gets 404, and TLS that names it finds no filter chain (ROUTE-9). */
function routeUntaken(
  question: RouteQuestion,
  scope: ProxyScope,
  context: RoutingContext,
  { all, standing }: Pick<ServersAsked, 'all' | 'standing'>,
): Outcome<Routed> {
  const cameIn = question.call.handedOn === true && standing.length > 0 && standing.every(({ server }) => goesByHost(server))
  return cameIn ? concernsNobody(question.named.hostname, scope, context.port, standing) : routeOutright(question, scope, context, all)
}

/** Is what comes in told apart by the host that the client asks for, whether a request names it or the client's own TLS? */
const goesByHost = (server: GatewayServer): boolean => ['http', 'tls'].includes(routingKind(server))

/**
 * The question names the destination itself, not a host that comes in: the gateway calls it where one of its routes leads
 * there, or where it hands connections on by SNI (ROUTE-13, NET-35).
 */
function routeOutright(
  { service, named }: RouteQuestion,
  scope: ProxyScope,
  context: RoutingContext,
  servers: readonly ServerOfGateway[],
): Outcome<Routed> {
  const port = service?.ports.find((one) => one.number === context.port)
  if (service !== undefined && port !== undefined) {
    const leading = scope.virtualServices.filter((item) => leadsTo(scope.view, item).has(service.hostname))
    const passing = serversFor(
      servers.filter(({ server }) => routingKind(server) === 'sni'),
      service.hostname,
    )
    const because = [
      ...leading.map(({ meta }) => scope.view.ref(meta)),
      ...passing.map(({ gateway }) => scope.view.ref(gateway.meta, 'spec.servers')),
    ]
    if (because.length > 0) {
      const value: Routed = {
        mode: 'MESH',
        port: port.number,
        protocol: port.protocol,
        alternatives: [defaultAlternative(context, service, port)],
      }
      const by = leading.length > 0 ? nameAll(leading) : 'a server that passes TLS on by SNI'
      return concludeRoute(value, { on: [], by, because, assumptions: [] })
    }
  }
  return concernsNobody(named.hostname, scope, context.port, servers)
}

function concernsNobody(host: string, scope: ProxyScope, port: number, servers: readonly ServerOfGateway[]): Outcome<never> {
  const why = whyNotTaken(scope, servers, host)
  const message = `no server and no route of the gateway concerns \`${host}\` on port ${port}${why === undefined ? '' : `; ${why.message}`}`
  const because = servers.map(({ gateway }) => scope.view.ref(gateway.meta, 'spec.servers'))
  return stop('ROUTE', { reason: 'NO_ROUTE', message, because: [...(why?.because ?? []), ...because] })
}
