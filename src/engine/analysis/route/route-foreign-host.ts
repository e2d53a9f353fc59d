import { chooseHttp, nameAll } from './choose-http.js'
import { leaveMesh } from './default-alternative.js'
import type { Outcome } from '../call/outcome.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import { listenedAt } from '../../istiod/scope/listened-at.js'
import { listensForRequests, routedBy } from '../../istiod/scope/routed-by.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { RoutingProxy } from './concerns-proxy.js'
import type { RoutingContext } from './find-target.js'
import { concludeRoute } from './conclude-route.js'
import type { ResolvedCall } from '../call/call.js'
import type { Named, Routed } from '../call/stage-values.js'
import { domainSuffix, isWildcard, overlaps, qualify } from '../../istiod/matching/hosts.js'
import { groupsOver, virtualServicesFor } from '../../istiod/scope/virtual-services-for.js'
import { remembered } from '../../remembered.js'

/**
 * VirtualServices, each for itself, that give a host which the proxy listens to for no service its routes: on port 80, where any service
 * listens there, and on the HTTP ports of the VirtualService's other hosts (ROUTE-1).
 */
export function foreignRoutes(scope: ProxyScope, host: string, port: number): readonly VirtualService[] {
  const routed = routedBy(scope, port)?.listener
  const listening = scope.services.get(host)?.listening ?? []
  if (listening.some((one) => one.listener === routed && one.ports.includes(port))) return []
  const suffix = domainSuffix(scope.view)
  const isShared = ({ hosts, meta }: VirtualService): boolean =>
    hosts.some((other) => listenedAt(scope, qualify(other, meta.namespace, suffix), port).some(({ routed: isRouted }) => isRouted))
  const plain = port === 80 && listensForRequests(scope, 80)
  return groupsOver(scope, host, port)
    .filter(({ name }) => !isWildcard(name) || !registeredAt(scope, port).some((service) => overlaps(name, service)))
    .flatMap(({ items }) => items.filter((item) => plain || isShared(item)))
}

/** Hosts of the services that the listener of the port's requests imports: a wildcard over one of them stands for these alone. */
const registeredAt = remembered((scope: ProxyScope, port: number): readonly string[] => {
  const routed = routedBy(scope, port)?.listener
  return [...scope.services.values()].flatMap(({ service, listening }) =>
    listening.some((one) => one.listener === routed && one.ports.includes(port)) ? [service.hostname] : [],
  )
})

/** A host that is no service, known only to a VirtualService (ROUTE-1). */
export function routeForeignHost(call: ResolvedCall, named: Named, proxy: RoutingProxy, context: RoutingContext): Outcome<Routed> {
  const { scope } = context
  const programmed = foreignRoutes(scope, named.hostname, proxy.port).map((item) => [item])
  const chosen = chooseHttp(programmed, proxy, context, call)
  if (chosen === undefined) {
    const message = `\`${named.hostname}\` is no service, and its VirtualService is not in force on port ${proxy.port}`
    const because = virtualServicesFor(scope, named.hostname, proxy.port)
      .flat()
      .map(({ meta }) => scope.view.ref(meta, 'spec.hosts'))
    return leaveMesh(scope, proxy.port, 'AUTO', { reason: 'HOST_NOT_PROGRAMMED', message, because })
  }
  const because = chosen.by.map(({ meta }) => scope.view.ref(meta))
  const value: Routed = { mode: 'MESH', port: proxy.port, protocol: 'HTTP', alternatives: chosen.alternatives }
  return concludeRoute(value, { on: chosen.on, by: nameAll(chosen.by), because, assumptions: [] })
}
