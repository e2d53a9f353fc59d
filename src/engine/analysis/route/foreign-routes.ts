import type { VirtualService } from '../../resources/istio/virtual-service.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { isWildcard, overlaps } from '../../snapshot/covers.js'
import { listenedAt } from '../../istiod/scope/listened-at.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { listensForRequests, routedBy } from '../../istiod/scope/routed-by.js'
import { groupsOver } from '../../istiod/scope/virtual-services-for.js'
import { remembered } from '../../remembered.js'

/**
 * VirtualServices, each for itself, that give a host which the proxy listens to for no service its routes: on port 80, where any service
 * listens there, and on the HTTP ports of the VirtualService's other hosts (ROUTE-1). Routes of the Gateway API give theirs to services alone.
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
    .flatMap(({ items }) => items.filter((item) => item.ofGatewayApi !== true && (plain || isShared(item))))
}

/** Hosts of the services that the listener of the port's requests imports: a wildcard over one of them stands for these alone. */
const registeredAt = remembered((scope: ProxyScope, port: number): readonly string[] => {
  const routed = routedBy(scope, port)?.listener
  return [...scope.services.values()].flatMap(({ service, listening }) =>
    listening.some((one) => one.listener === routed && one.ports.includes(port)) ? [service.hostname] : [],
  )
})

/** Are the routes of the VirtualService among those of requests to the port? It has a virtual host for each of its hosts that the proxy listens for. */
export function isRoutedAt(scope: ProxyScope, item: VirtualService, port: number): boolean {
  const suffix = domainSuffix(scope.view)
  return item.hosts.some((written) => {
    const host = qualify(written, item.meta.namespace, suffix)
    if (isWildcard(host)) return registeredAt(scope, port).some((service) => overlaps(host, service))
    return registeredAt(scope, port).includes(host) || foreignRoutes(scope, host, port).includes(item)
  })
}
