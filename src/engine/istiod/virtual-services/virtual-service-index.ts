import { groupBy } from '../../group-by.js'
import { pausing } from '../../pause.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { byAge } from '../../snapshot/by-age.js'
import { type Audience, audienceOf, isFor } from '../../snapshot/services/audience.js'
import { remembered } from '../../remembered.js'
import { type PlacedRoute, placeRoutes } from './place-routes.js'

/** The VirtualServices of a control plane, by who may use them. */
export interface VirtualServiceIndex {
  /**
   * Exported to the namespace: its private ones, those exported to it by name, then public ones; in each the namespace's own routes of the Gateway API
   * first, then by age (VIS-25, GWAPI-60).
   */
  offeredTo(namespace: string): readonly VirtualService[]
  /** The same in an order that namespaces share, and whether their own routes of the Gateway API come first in it. */
  sharedOffers(namespace: string): SharedOffers
  /** To whom it is exported. */
  audienceOf(virtualService: VirtualService): Audience
  /** Http routes with delegates resolved (VIS-29). */
  routesOf(virtualService: VirtualService): readonly PlacedRoute[]
}

/** A list that is one and the same for all namespaces that are offered no others. */
export interface SharedOffers {
  readonly list: readonly VirtualService[]
  readonly ownRoutesFirst: boolean
}

/** Index of the view's VirtualServices. */
export const virtualServicesOf = remembered(
  (view: ControlPlaneView): VirtualServiceIndex => ({
    offeredTo: (namespace) => {
      const { list, ownRoutesFirst } = sharedOffers(view, namespace)
      return ownRoutesFirst ? putOwnRoutesFirst(list, namespace) : list
    },
    sharedOffers: (namespace) => sharedOffers(view, namespace),
    audienceOf: (item) => byAudience(view).audiences.get(item) ?? audienceFor(view, item),
    routesOf: (item) => placedRoutes(view, item),
  }),
)

interface ByAudience {
  readonly audiences: ReadonlyMap<VirtualService, Audience>
  /** For everybody. */
  readonly open: readonly VirtualService[]
  /** By namespace, for those that are not for everybody. */
  readonly named: ReadonlyMap<string, readonly VirtualService[]>
}

const byAudience = remembered((view: ControlPlaneView): ByAudience => {
  const audiences = new Map<VirtualService, Audience>()
  const open: VirtualService[] = []
  const named = new Map<string, VirtualService[]>()
  for (const list of view.configuration.virtualServices.values())
    for (const item of pausing(list)) audiences.set(item, audienceFor(view, item))
  for (const item of pausing([...audiences.keys()].sort(byAge))) {
    const audience = audiences.get(item) ?? new Set<string>()
    if (item.hosts.length === 0) continue
    if (audience.has('*')) open.push(item)
    else
      for (const namespace of audience) {
        const known = named.get(namespace)
        if (known === undefined) named.set(namespace, [item])
        else known.push(item)
      }
  }
  return { audiences, open, named }
})

const sharedOffers = remembered((view: ControlPlaneView, namespace: string): SharedOffers => {
  const { open, named } = byAudience(view)
  const mine = named.get(namespace)
  if (mine === undefined) return { list: open, ownRoutesFirst: true }
  const isOwn = (item: VirtualService): boolean => item.meta.namespace === namespace
  const list = [
    ...putOwnRoutesFirst(mine.filter(isOwn), namespace),
    ...mine.filter((item) => !isOwn(item)),
    ...putOwnRoutesFirst(open, namespace),
  ]
  return { list, ownRoutesFirst: false }
})

/** The namespace's own routes of the Gateway API before all others (GWAPI-60). */
export function putOwnRoutesFirst(items: readonly VirtualService[], namespace: string): readonly VirtualService[] {
  const isOwn = (item: VirtualService): boolean => item.ofGatewayApi === true && item.meta.namespace === namespace
  return items.some(isOwn) ? [...items.filter(isOwn), ...items.filter((item) => !isOwn(item))] : items
}

const placedRoutes = remembered((view: ControlPlaneView, item: VirtualService): readonly PlacedRoute[] =>
  placeRoutes(item, (name, namespace) => findDelegate(view, item, name, namespace)),
)

/** Those of a namespace by their names, which delegates are asked for by. */
export const virtualServicesNamed = remembered(
  (view: ControlPlaneView, namespace: string): ReadonlyMap<string, readonly VirtualService[]> =>
    groupBy(view.configuration.virtualServices.get(namespace) ?? [], ({ meta }) => meta.name),
)

function findDelegate(view: ControlPlaneView, root: VirtualService, name: string, namespace: string): VirtualService | undefined {
  const found = virtualServicesNamed(view, namespace)
    .get(name)
    ?.find(({ hosts }) => hosts.length === 0)
  const audience = found === undefined ? undefined : byAudience(view).audiences.get(found)
  return audience !== undefined && isFor(audience, root.meta.namespace) ? found : undefined
}

function audienceFor(view: ControlPlaneView, item: VirtualService): Audience {
  return audienceOf(item.exportTo, view.controlPlane.meshConfig.defaultVirtualServiceExportTo, item.meta.namespace)
}
