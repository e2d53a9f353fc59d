import { chooseHttp, nameAll } from './choose-http.js'
import { leaveMesh } from './default-alternative.js'
import type { Outcome } from '../call/outcome.js'
import type { RoutingProxy } from './concerns-proxy.js'
import type { RoutingContext } from './find-target.js'
import { foreignRoutes } from './foreign-routes.js'
import { refusedAtSidecar } from './refused-among.js'
import { concludeRoute } from './conclude-route.js'
import type { ResolvedCall } from '../call/call.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { Named, Routed } from '../call/stage-values.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import { asTheyCount, virtualServicesFor, virtualServicesNaming, virtualServicesOver } from '../../istiod/scope/virtual-services-for.js'

/**
 * Is the host no service of the port to the routes of its requests, and a VirtualService has it? Of such a host nobody but its full name is a domain
 * (ROUTE-1).
 */
export function isRoutedAsForeign({ attributes, host }: ResolvedCall, { hostname }: Named, scope: ProxyScope, port: number): boolean {
  const { protocol: spoken = 'HTTP', authorities = [host] } = attributes
  const isNamed = authorities.some((authority) => authority === hostname || authority === `${hostname}:${port}`)
  return spoken === 'HTTP' && isNamed && foreignRoutes(scope, hostname, port).length > 0
}

/** A host that is no service, known only to a VirtualService (ROUTE-1). */
export function routeForeignHost(call: ResolvedCall, named: Named, proxy: RoutingProxy, context: RoutingContext): Outcome<Routed> {
  const { scope } = context
  const refused = refusedAtSidecar(scope, proxy)
  if (refused !== undefined) return refused
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

/** A request to a service, by the name under which routes are looked up. */
interface Asked {
  readonly call: ResolvedCall
  readonly named: Named
  readonly scope: ProxyScope
  readonly service: MeshService
  readonly host: string
}

/** The VirtualServices of which the first one with routes decides for a request to a service (ROUTE-1, ROUTE-32). */
export function decidingRoutes({ call, named, scope, service, host }: Asked, port: number): readonly VirtualService[] {
  if (host !== service.hostname) return [...virtualServicesNaming(scope, host, port), ...virtualServicesOver(scope, service.hostname, port)]
  const byAddress = named.resolvedBy === 'LITERAL' && isRoutedAsForeign(call, named, scope, port)
  return byAddress ? routesOfAddress(scope, named.hostname, host, port) : virtualServicesOver(scope, host, port)
}

/** An address is a domain of its service, and one of a VirtualService that has it for a host as well: whichever of these comes first keeps it. */
function routesOfAddress(scope: ProxyScope, address: string, service: string, port: number): readonly VirtualService[] {
  const own = virtualServicesOver(scope, service, port)
  const named = foreignRoutes(scope, address, port).filter(({ hosts }) => hosts.includes(address))
  return named.length === 0 ? own : asTheyCount(scope, [...named, ...own], port)
}
