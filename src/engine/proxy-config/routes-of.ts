import type { ProxyAnswer, RouteShares } from '../model/proxy-config.js'
import { type Client, openRequest, type ResolvedCall } from '../analysis/call/call.js'
import { chooseHttp } from '../analysis/route/choose-http.js'
import { defaultAlternative } from '../analysis/route/default-alternative.js'
import { foreignRoutes } from '../analysis/route/foreign-routes.js'
import type { Alternative, RoutingContext } from '../analysis/route/find-target.js'
import type { VirtualService } from '../resources/istio/virtual-service.js'
import type { ProxyScope } from '../istiod/scope/proxy-scope.js'
import { listenedAt, listenedPorts } from '../istiod/scope/listened-at.js'
import { readsRequests } from '../istiod/scope/routed-by.js'
import { virtualServicesOver } from '../istiod/scope/virtual-services-for.js'
import { virtualServicesOf } from '../istiod/virtual-services/virtual-service-index.js'
import { servicesThere } from './services-there.js'

/** Where a plain `GET /` without headers to each HTTP port of each service goes (ROUTE-1 … ROUTE-6). */
export const routesOf = (client: Client, scope: ProxyScope): ProxyAnswer['routes'] => {
  const routes: Record<string, RouteShares> = {}
  for (const scoped of servicesThere(scope)) {
    if (scoped.service.resolution === 'ALIAS') continue
    for (const port of new Set([...scoped.ports, ...listenedPorts(scoped)])) {
      const route = plainRoute(client, scope, scoped.service.hostname, port)
      if (route !== undefined) routes[`${scoped.service.hostname}:${port}`] = sharesOf(route)
    }
  }
  return routes
}

/** The one alternative of a request that leaves nothing open; undefined where the port's requests are not routed by host. */
const plainRoute = (client: Client, scope: ProxyScope, host: string, port: number): Alternative | undefined => {
  const { labels } = client.workload
  if (!readsRequests(scope, port)) return undefined
  const listened = listenedAt(scope, host, port).find(({ routed }) => routed)
  const items = listened === undefined ? foreignRoutes(scope, host, port) : virtualServicesOver(scope, host, port)
  const context: RoutingContext = { scope, labels, port, keepsPort: true }
  const proxy = { labels, namespace: scope.namespace, gateways: ['mesh'], port }
  const groups = items.map((item) => [item])
  const chosen = chooseHttp(groups, proxy, context, plainRequest(client, host, items, scope))?.alternatives[0]
  return chosen ?? (listened === undefined ? undefined : defaultAlternative(context, listened.record, listened.port))
}

const plainRequest = (client: Client, host: string, items: readonly VirtualService[], scope: ProxyScope): ResolvedCall => {
  const matches = items.flatMap((item) => virtualServicesOf(scope.view).routesOf(item)).flatMap(({ route }) => route.match)
  const named = matches.flatMap(({ headers, withoutHeaders }) => [...Object.keys(headers), ...Object.keys(withoutHeaders)])
  const absentHeaders = new Set(named.map((name) => name.toLowerCase()))
  return { client, host, attributes: { ...openRequest(), method: 'GET', path: '/', absentHeaders }, at: 0 }
}

const sharesOf = ({ ends, targets, lost }: Alternative): RouteShares => {
  if (ends !== undefined) return ends.reason
  const shares: Record<string, number> = {}
  const add = (name: string, share: number): void => {
    shares[name] = (shares[name] ?? 0) + share
  }
  for (const { service, port, subset, share } of targets) add(`outbound|${port.number}|${subset}|${service.hostname}`, share)
  for (const { reason, share } of lost ?? []) add(`lost ${reason}`, share)
  return shares
}
