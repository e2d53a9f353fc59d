/**
 * At which places do several VirtualServices stand side by side: under one host, at one gateway or in the mesh?
 *
 * Hosts that are all under the same VirtualServices are one to whoever asks who loses, and so are gateways; that keeps thousands of hosts, each at
 * thousands of gateways, from being millions of places. Rules ROUTE-1, ROUTE-11, VIS-25.
 */
import { flatMap } from '../../flat-map.js'
import { pausing } from '../../pause.js'
import { boundGateways, gatewayName } from '../../istiod/gateways/gateways-selecting.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { virtualServicesOf } from '../../istiod/virtual-services/virtual-service-index.js'
import type { HttpMatch, VirtualService } from '../../resources/istio/virtual-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { byAge } from '../../snapshot/by-age.js'
import { isCatchAll } from './covers-match.js'

/** VirtualServices that stand under one host, the oldest first. */
interface Hosted {
  readonly host: string
  readonly items: readonly VirtualService[]
}

/** VirtualServices with routes at a gateway, or `mesh`, the oldest first. */
export interface Place {
  readonly at: string
  readonly items: readonly VirtualService[]
  /** Behind which nothing is reached there. */
  readonly takesAll: ReadonlySet<VirtualService>
}

/** Several at one place, the oldest first. */
export interface SharedPlace {
  readonly place: Place
  readonly host: string
  readonly items: readonly VirtualService[]
}

/** Among the objects that a control plane reads; those that it makes of others are left out. */
export function* placesShared(view: ControlPlaneView): Iterable<SharedPlace> {
  const items = [...view.configuration.virtualServices.values()]
    .flat()
    .filter(({ meta, hosts }) => meta.origin === undefined && hosts.length > 0)
    .sort(byAge)
  const ranks = new Map(items.map((item, rank) => [item, rank]))
  const rankOf: Rank = (item) => ranks.get(item) ?? 0
  const hosts = hostsShared(view, items, rankOf)
  const hostsOf = gather(hosts, (one) => one.items)
  const contending = items.filter((item) => hostsOf.has(item))
  for (const place of gatewaysShared(view, contending, rankOf)) {
    const met = gather(place.items, (item) => hostsOf.get(item) ?? [])
    for (const [{ host }, list] of met) if (list.length > 1) yield { place, host, items: list }
  }
}

/** The first of those that are alike: of a thousand hosts, or gateways, with the same VirtualServices one says it all. */
function firstAlike<T>(all: Iterable<T>, likeness: (one: T) => string): readonly T[] {
  const found = new Map<string, T>()
  for (const one of pausing(all)) {
    const key = likeness(one)
    if (!found.has(key)) found.set(key, one)
  }
  return [...found.values()]
}

/** The place of each in the order of age. */
type Rank = (item: VirtualService) => number

/** Hosts that several have. */
function hostsShared(view: ControlPlaneView, items: readonly VirtualService[], rankOf: Rank): readonly Hosted[] {
  const suffix = domainSuffix(view)
  const hosts = gather(items, ({ hosts: written, meta }) => new Set(written.map((host) => qualify(host, meta.namespace, suffix))))
  const several = flatMap([...hosts], ([host, list]): Hosted[] => (list.length > 1 ? [{ host, items: list }] : []))
  return firstAlike(several, (one) => one.items.map(rankOf).join())
}

/** Gateways, and `mesh`, at which several have routes. */
function gatewaysShared(view: ControlPlaneView, items: readonly VirtualService[], rankOf: Rank): readonly Place[] {
  const gateways = gather(items, (item) =>
    [...new Set(boundGateways(item.gateways, item.meta.namespace))].filter((gateway) => hasRoutesAt(view, item, gateway)),
  )
  const several = flatMap([...gateways], ([at, list]): Place[] => {
    const takesAll = (item: VirtualService): boolean => (at === 'mesh' ? isForEverySidecar(view, item) : takesAllAt(view, item, at))
    return list.length > 1 ? [{ at, items: list, takesAll: new Set(list.filter(takesAll)) }] : []
  })
  return firstAlike(several, (one) =>
    [one.at === 'mesh', ...one.items.map((item) => `${rankOf(item)}${one.takesAll.has(item) ? '!' : ''}`)].join(),
  )
}

/** Items by each of their keys, in their order. */
function gather<T, K>(items: readonly T[], keysOf: (item: T) => Iterable<K>): ReadonlyMap<K, readonly T[]> {
  const found = new Map<K, T[]>()
  for (const item of items)
    for (const key of pausing(keysOf(item))) {
      const known = found.get(key)
      if (known === undefined) found.set(key, [item])
      else known.push(item)
    }
  return found
}

const isAt = ({ gateways }: HttpMatch, owner: string, gateway: string): boolean =>
  gateways.length === 0 || gateways.some((name) => gatewayName(name, owner) === gateway)

const hasRoutesAt = (view: ControlPlaneView, item: VirtualService, gateway: string): boolean =>
  virtualServicesOf(view)
    .routesOf(item)
    .some(({ route: { match }, owner }) => match.length === 0 || match.some((block) => isAt(block, owner.namespace, gateway)))

/** Does every sidecar that has it find some route of it for its own? */
const isForEverySidecar = (view: ControlPlaneView, item: VirtualService): boolean =>
  virtualServicesOf(view)
    .routesOf(item)
    .some(({ route: { match }, owner }) => match.length === 0 || match.some((block) => isUnconditional(block, owner.namespace)))

const isUnconditional = (block: HttpMatch, owner: string): boolean =>
  block.port === undefined &&
  block.sourceNamespace === undefined &&
  Object.keys(block.sourceLabels).length === 0 &&
  isAt(block, owner, 'mesh')

/** Is what comes behind its routes never reached at the gateway? */
const takesAllAt = (view: ControlPlaneView, item: VirtualService, gateway: string): boolean =>
  virtualServicesOf(view)
    .routesOf(item)
    .some(
      ({ route: { match }, owner }) =>
        match.length === 0 || match.some((block) => isAt(block, owner.namespace, gateway) && isCatchAll(block)),
    )
