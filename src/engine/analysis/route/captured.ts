import { flatMap } from '../../flat-map.js'
import { blocksOf } from '../../istiod/matching/blocks-of.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { virtualServicesFor } from '../../istiod/scope/virtual-services-for.js'
import type { ResolvedCall } from '../call/call.js'
import type { Outcome } from '../call/outcome.js'
import type { Named, Routed } from '../call/stage-values.js'
import { carrying, chooseConnection, routesServerNames } from './choose-connection.js'
import { nameAll } from './choose-http.js'
import type { RoutingProxy } from './concerns-proxy.js'
import { concludeRoute } from './conclude-route.js'
import { defaultAlternative } from './default-alternative.js'
import type { RoutingContext } from './find-target.js'
import { pastServerNames } from './past-server-names.js'
import type { Taker } from './wildcard-listener.js'

/**
 * The call ends up where a listener on every address of the port leads, whatever it names: by the routes of connections for the service that the
 * listener was made for, else to that service (DNS-16, ROUTE-31, VIS-42).
 */
export function captured(
  { client }: ResolvedCall,
  named: Named,
  scope: ProxyScope,
  { service, port, how, because }: Taker,
): Outcome<Routed> {
  const { labels } = client.workload
  const context: RoutingContext = { scope, labels, port: port.number, keepsPort: false, caller: client.workload }
  const proxy: RoutingProxy = { labels, namespace: scope.namespace, gateways: ['mesh'], port: port.number }
  const candidates = flatMap(virtualServicesFor(scope, service.hostname, port.number), (group) => group)
  const kind = port.protocol === 'TLS' ? 'tls' : 'tcp'
  const carries = kind === 'tls' ? 'TLS' : 'ANYTHING'
  const chosen = chooseConnection(candidates, proxy, context, {
    kind,
    sni: named.hostname,
    addresses: named.addresses,
    blocks: blocksOf(service),
    carries,
  })
  if (chosen === undefined && kind === 'tls' && routesServerNames(candidates, proxy))
    return pastServerNames(scope, port, named.hostname, candidates)
  const alternative = chosen?.alternative ?? carrying(defaultAlternative(context, service, port), carries)
  const protocol = kind === 'tls' ? 'TLS' : 'TCP'
  const value: Routed = { mode: 'MESH', port: port.number, protocol, alternatives: [alternative] }
  const routing = chosen && nameAll([chosen.virtualService])
  const places = chosen === undefined ? because : [...because, scope.view.ref(chosen.virtualService.meta)]
  if (service.hostname === named.hostname) return concludeRoute(value, { on: [], by: routing, because: places, assumptions: [] })
  const by = `the listener of \`${service.hostname}\`, which ${how} port ${port.number},`
  return concludeRoute(value, { on: [], by, because: places, assumptions: [], reason: 'TAKEN_BY_LISTENER' })
}
