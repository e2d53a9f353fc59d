/**
 * Does the proxy refuse the routes of the port, because one of them has an expression that is too large for it?
 *
 * All routes of a port are one RouteConfiguration, whichever host they are for. A proxy that refuses it goes on with what it had before.
 */
import { largestProgram } from '../../istiod/expressions/expression.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { routedBy } from '../../istiod/scope/routed-by.js'
import { partOf } from '../../istiod/virtual-services/place-routes.js'
import { type RefusedRoute, refusedRoutes } from '../../istiod/virtual-services/refused-routes.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import { titleOf } from '../../snapshot/references.js'
import { type Ended, endedWith, stepOf } from '../call/outcome.js'
import { forProxy, type RoutingProxy } from './concerns-proxy.js'
import { isRoutedAt } from './foreign-routes.js'

/** Of a sidecar, for requests to the port. */
export function refusedAtSidecar(scope: ProxyScope, proxy: RoutingProxy): Ended | undefined {
  if (refusedRoutes(scope.view).size === 0) return undefined
  const routed = new Set(routedBy(scope, proxy.port)?.virtualServices)
  return refusedAmong(scope, proxy, (item) => routed.has(item) && isRoutedAt(scope, item, proxy.port))
}

/** Of the VirtualServices whose routes the proxy is sent together. */
export function refusedAmong(scope: ProxyScope, proxy: RoutingProxy, isSent: (item: VirtualService) => boolean): Ended | undefined {
  for (const [item, routes] of refusedRoutes(scope.view)) {
    const refused = isSent(item) ? routes.find(({ placed }) => forProxy(placed, proxy).length > 0) : undefined
    if (refused !== undefined) return tell(scope, item, refused, proxy.port)
  }
  return undefined
}

function tell(scope: ProxyScope, { meta }: VirtualService, { placed, at, expression }: RefusedRoute, port: number): Ended {
  const { standing, size } = expression
  const large =
    standing === 'TOO_LARGE'
      ? `an expression of at least ${size.least} instructions, and proxies take no more than ${largestProgram}`
      : `an expression of up to ${size.most} instructions, and proxies may not take it, as they take no more than ${largestProgram}`
  const message = `a route of ${titleOf(meta)} has ${large}: one that does not refuses all routes of port ${port}, and keeps those that it had before`
  const because = [scope.view.ref(placed.owner, partOf(placed.route, placed.path, at))]
  return endedWith(stepOf('ROUTE', 'UNDETERMINED', { reason: 'ROUTES_REFUSED', message, because }), 'UNDETERMINED', [])
}
