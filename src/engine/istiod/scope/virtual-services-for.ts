import { flatMap } from '../../flat-map.js'
import { pause } from '../../pause.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import { domainsOver, domainSuffix, qualify, widenings, type Wildcards, wildcardsAmong } from '../matching/hosts.js'
import { isWildcard } from '../../snapshot/covers.js'
import { putOwnRoutesFirst } from '../virtual-services/virtual-service-index.js'
import type { EgressListener } from './egress-listeners.js'
import type { ImportedRoutes, ProxyScope } from './proxy-scope.js'
import { remembered } from '../../remembered.js'
import { routedBy } from './routed-by.js'

interface ByHost {
  readonly hosts: ReadonlyMap<string, readonly VirtualService[]>
  readonly wildcards: Wildcards
  /** The place of each among all, the first that counts first. */
  readonly order: ReadonlyMap<VirtualService, number>
}

const none: readonly VirtualService[] = []

/** Some of a proxy's VirtualServices by their hosts. */
interface Found {
  readonly wildcards: Wildcards
  /** Those that stand under this very name, first match first. */
  under(name: string): readonly VirtualService[]
  /** Which comes first of all. */
  compare(one: VirtualService, other: VirtualService): number
}

function lookUp({ view, namespace }: ProxyScope, { virtualServices, shared, heeds }: ImportedRoutes): Found {
  const { hosts, wildcards, order } = indexByHost(shared, domainSuffix(view))
  const isSorted = virtualServices === shared
  const rank = ({ ofGatewayApi, meta }: VirtualService): number =>
    !isSorted && ofGatewayApi === true && meta.namespace === namespace ? 0 : 1
  return {
    wildcards,
    under: (name) => {
      const items = hosts.get(name) ?? none
      const heeded = heeds === undefined ? items : items.filter(heeds)
      return isSorted ? heeded : putOwnRoutesFirst(heeded, namespace)
    },
    compare: (one, other) => rank(one) - rank(other) || (order.get(one) ?? 0) - (order.get(other) ?? 0),
  }
}

const nothing: ImportedRoutes = { virtualServices: none, shared: none }

const ofPort = (scope: ProxyScope, port: number): Found => lookUp(scope, routedBy(scope, port) ?? nothing)

/** Proxies that have the same VirtualServices share one list, and its index. */
const indexByHost = remembered((list: readonly VirtualService[], suffix: string): ByHost => {
  const hosts = new Map<string, VirtualService[]>()
  for (const item of list) {
    for (const written of item.hosts) {
      pause()
      const host = qualify(written, item.meta.namespace, suffix)
      const known = hosts.get(host)
      if (known === undefined) hosts.set(host, [item])
      else known.push(item)
    }
  }
  return { hosts, wildcards: wildcardsAmong(hosts.keys()), order: new Map(list.map((item, position) => [item, position])) }
})

/** Of a list that proxies share those for a host, by any of their own, in the order of the list. */
export function listedFor(list: readonly VirtualService[], host: string, suffix: string): readonly VirtualService[] {
  const { hosts, wildcards, order } = indexByHost(list, suffix)
  const found = new Set(flatMap(widenings(host, wildcards), (name) => hosts.get(name) ?? none))
  return [...found].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
}

/**
 * VirtualServices for requests to a host on a port, grouped: those of its exact name, then each wildcard's, the most specific first
 * (ROUTE-1, VIS-28). Only the listener that routes the port has a say (VIS-42).
 */
export const virtualServicesFor = (scope: ProxyScope, host: string, port: number): readonly (readonly VirtualService[])[] =>
  groupsOver(scope, host, port).map(({ items }) => items)

/** The same one by one with the name that each stands under, in the order in which routes of one virtual host are put together. */
export function hostedOver(scope: ProxyScope, host: string, port: number): readonly { host: string; item: VirtualService }[] {
  const { compare } = ofPort(scope, port)
  return flatMap(groupsOver(scope, host, port), ({ name, items }) => items.map((item) => ({ host: name, item }))).sort((a, b) =>
    compare(a.item, b.item),
  )
}

/** VirtualServices that a listener imports for a host, by any of their own, in the order in which routes of connections are put together. */
export function routesOver(scope: ProxyScope, listener: EgressListener, host: string): readonly VirtualService[] {
  const routes = scope.listeners.find((one) => one.listener === listener)
  if (routes === undefined) return none
  const { under, wildcards, compare } = lookUp(scope, routes)
  return [...new Set(flatMap(widenings(host, wildcards), under))].sort(compare)
}

/** The same with the name under which each group stands. */
export function groupsOver(scope: ProxyScope, host: string, port: number): readonly { name: string; items: readonly VirtualService[] }[] {
  const { under, wildcards } = ofPort(scope, port)
  return flatMap(widenings(host, wildcards), (name) => {
    const items = under(name)
    return items.length === 0 ? [] : [{ name, items }]
  })
}

/**
 * The VirtualServices of which the first one with routes decides for a service, as sidecars choose: those of its exact name, or the oldest of
 * the most specific wildcard. Less specific ones are not fallen back to: without routes the service's own route applies (ROUTE-1, VIS-28).
 */
export function virtualServicesOver(scope: ProxyScope, host: string, port: number): readonly VirtualService[] {
  const { under, wildcards } = ofPort(scope, port)
  for (const name of widenings(host, wildcards)) {
    const group = under(name).filter((item) => concernsRequests(scope, host, name, item))
    if (group.length > 0) return isWildcard(name) ? group.slice(0, 1) : group
  }
  return none
}

/** Requests follow routes of the Gateway API of the service's namespace and of the client's, and none that are for a wildcard (GWAPI-58, GWAPI-64). */
function concernsRequests(scope: ProxyScope, host: string, name: string, { ofGatewayApi, meta }: VirtualService): boolean {
  if (ofGatewayApi !== true) return true
  return !isWildcard(name) && (meta.namespace === scope.namespace || meta.namespace === scope.services.get(host)?.service.namespace)
}

/** The same VirtualServices in the order in which they count. */
export const asTheyCount = (scope: ProxyScope, items: readonly VirtualService[], port: number): readonly VirtualService[] =>
  [...new Set(items)].sort(ofPort(scope, port).compare)

/** VirtualServices written for this very host. */
export const virtualServicesNaming = (scope: ProxyScope, host: string, port: number): readonly VirtualService[] =>
  ofPort(scope, port).under(host)

/**
 * The VirtualService that makes a proxy know a host which is no service: a host of its own, or a wildcard. `*` is a virtual host of its own at a
 * gateway; at a sidecar it would take the place of the outbound policy, and istiod leaves it out (ROUTE-1, ROUTE-11).
 */
export function hasRoutesFor(scope: ProxyScope, host: string, atGateway: boolean): VirtualService | undefined {
  const { under, wildcards } = lookUp(scope, scope)
  const names = domainsOver(host, wildcards).filter((name) => atGateway || name !== '*')
  return flatMap(names, under).find(({ ofGatewayApi }) => atGateway || ofGatewayApi !== true)
}
