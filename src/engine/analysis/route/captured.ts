import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { ResolvedCall } from '../call/call.js'
import type { Outcome } from '../call/outcome.js'
import type { Named, Routed, RouteTarget } from '../call/stage-values.js'
import { carrying, followed } from './choose-connection.js'
import { nameAll } from './choose-http.js'
import { concludeRoute } from './conclude-route.js'
import { defaultAlternative } from './default-alternative.js'
import type { Alternative, RoutingContext } from './find-target.js'
import type { ConnectionChain } from './listeners/filter-chain.js'
import type { Taker } from './listeners/taker.js'

/** Where the chain leads: by its route, else to the service itself. */
export function leadBy(context: RoutingContext, { record, port, routing }: ConnectionChain, carries: RouteTarget['carries']): Alternative {
  const alternative =
    routing === undefined
      ? defaultAlternative(context, record, port)
      : followed(context, routing.virtualService, { ...routing, taking: routing.blocks })
  return carrying(alternative, carries)
}

/**
 * The call ends up where the listener leads that takes it, whatever it names: by the routes of connections for the service that the chain was made
 * for, else to that service (DNS-16, ROUTE-31, VIS-42).
 */
export function captured({ client }: ResolvedCall, named: Named, scope: ProxyScope, { chain, how, because }: Taker): Outcome<Routed> {
  const { labels } = client.workload
  const { record, port, kind, routing } = chain
  const context: RoutingContext = { scope, labels, port: port.number, keepsPort: false, caller: client.workload }
  const alternative = leadBy(context, chain, kind === 'TLS' ? 'TLS' : 'ANYTHING')
  const value: Routed = { mode: 'MESH', port: port.number, protocol: kind, alternatives: [alternative] }
  const route = routing && nameAll([routing.virtualService])
  const places = routing === undefined ? because : [...because, scope.view.ref(routing.virtualService.meta)]
  if (record.hostname === named.hostname) return concludeRoute(value, { on: [], by: route, because: places, assumptions: [] })
  const by = `the listener of \`${record.hostname}\`, which ${how} port ${port.number},`
  return concludeRoute(value, { on: [], by, because: places, assumptions: [], reason: 'TAKEN_BY_LISTENER' })
}
