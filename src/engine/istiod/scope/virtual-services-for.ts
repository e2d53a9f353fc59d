import type { VirtualService } from '../../resources/istio/virtual-service.js'
import { domainsOver, domainSuffix, qualify, widenings, type Wildcards, wildcardsAmong } from '../matching/hosts.js'
import { isWildcard } from '../../snapshot/covers.js'
import type { ProxyScope } from './proxy-scope.js'
import { remembered } from '../../remembered.js'
import { routedBy } from './routed-by.js'

interface ByHost {
  readonly hosts: ReadonlyMap<string, readonly VirtualService[]>
  readonly wildcards: Wildcards
  /** The place of each among all, the first that counts first. */
  readonly order: ReadonlyMap<VirtualService, number>
}

const none: readonly VirtualService[] = []

const indexOf = ({ view }: ProxyScope, list: readonly VirtualService[]): ByHost => indexByHost(list, domainSuffix(view))

/** Proxies that have the same VirtualServices share one list, and its index. */
const indexByHost = remembered((list: readonly VirtualService[], suffix: string): ByHost => {
  const hosts = new Map<string, VirtualService[]>()
  for (const item of list) {
    for (const written of item.hosts) {
      const host = qualify(written, item.meta.namespace, suffix)
      const known = hosts.get(host)
      if (known === undefined) hosts.set(host, [item])
      else known.push(item)
    }
  }
  return { hosts, wildcards: wildcardsAmong(hosts.keys()), order: new Map(list.map((item, position) => [item, position])) }
})

/**
 * VirtualServices for requests to a host on a port, grouped: those of its exact name, then each wildcard's, the most specific first
 * (ROUTE-1, VIS-28). Only the listener that routes the port has a say (VIS-42).
 */
export const virtualServicesFor = (scope: ProxyScope, host: string, port: number): readonly (readonly VirtualService[])[] =>
  groupsOver(scope, host, port).map(({ items }) => items)

/** The same one by one with the name that each stands under, in the order in which routes of one virtual host are put together. */
export function hostedOver(scope: ProxyScope, host: string, port: number): readonly { host: string; item: VirtualService }[] {
  const { order } = indexOf(scope, routedBy(scope, port)?.virtualServices ?? none)
  return groupsOver(scope, host, port)
    .flatMap(({ name, items }) => items.map((item) => ({ host: name, item })))
    .sort((a, b) => (order.get(a.item) ?? 0) - (order.get(b.item) ?? 0))
}

/** The same with the name under which each group stands. */
export function groupsOver(scope: ProxyScope, host: string, port: number): readonly { name: string; items: readonly VirtualService[] }[] {
  const { hosts, wildcards } = indexOf(scope, routedBy(scope, port)?.virtualServices ?? none)
  return widenings(host, wildcards).flatMap((name) => {
    const items = hosts.get(name)
    return items === undefined ? [] : [{ name, items }]
  })
}

/**
 * The VirtualServices of which the first one with routes decides for a service, as sidecars choose: those of its exact name, or the oldest of
 * the most specific wildcard. Less specific ones are not fallen back to: without routes the service's own route applies (ROUTE-1, VIS-28).
 */
export function virtualServicesOver(scope: ProxyScope, host: string, port: number): readonly VirtualService[] {
  const { hosts, wildcards } = indexOf(scope, routedBy(scope, port)?.virtualServices ?? none)
  for (const name of widenings(host, wildcards)) {
    const group = hosts.get(name)?.filter((item) => concernsRequests(scope, host, name, item)) ?? none
    if (group.length > 0) return isWildcard(name) ? group.slice(0, 1) : group
  }
  return none
}

/** Requests follow routes of the Gateway API of the service's namespace and of the client's, and none that are for a wildcard (GWAPI-58, GWAPI-64). */
function concernsRequests(scope: ProxyScope, host: string, name: string, { ofGatewayApi, meta }: VirtualService): boolean {
  if (ofGatewayApi !== true) return true
  return !isWildcard(name) && (meta.namespace === scope.namespace || meta.namespace === scope.services.get(host)?.service.namespace)
}

/** VirtualServices written for this very host. */
export const virtualServicesNaming = (scope: ProxyScope, host: string, port: number): readonly VirtualService[] =>
  indexOf(scope, routedBy(scope, port)?.virtualServices ?? none).hosts.get(host) ?? none

/**
 * The VirtualService that makes a proxy know a host which is no service: a host of its own, or a wildcard. `*` is a virtual host of its own at a
 * gateway; at a sidecar it would take the place of the outbound policy, and istiod leaves it out (ROUTE-1, ROUTE-11).
 */
export function hasRoutesFor(scope: ProxyScope, host: string, atGateway: boolean): VirtualService | undefined {
  const { hosts, wildcards } = indexOf(scope, scope.virtualServices)
  const names = domainsOver(host, wildcards).filter((name) => atGateway || name !== '*')
  return names.flatMap((name) => hosts.get(name) ?? []).find(({ ofGatewayApi }) => atGateway || ofGatewayApi !== true)
}
