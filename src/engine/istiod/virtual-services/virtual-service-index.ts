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
  /** To whom it is exported. */
  audienceOf(virtualService: VirtualService): Audience
  /** Http routes with delegates resolved (VIS-29). */
  routesOf(virtualService: VirtualService): readonly PlacedRoute[]
}

/** Index of the view's VirtualServices. */
export const virtualServicesOf = remembered(
  (view: ControlPlaneView): VirtualServiceIndex => ({
    offeredTo: (namespace) => offeredTo(view, namespace),
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
  for (const list of view.configuration.virtualServices.values()) for (const item of list) audiences.set(item, audienceFor(view, item))
  for (const item of [...audiences.keys()].sort(byAge)) {
    const audience = audiences.get(item) ?? new Set<string>()
    if (item.hosts.length === 0) continue
    if (audience.has('*')) open.push(item)
    else for (const namespace of audience) named.set(namespace, [...(named.get(namespace) ?? []), item])
  }
  return { audiences, open, named }
})

const offeredTo = remembered((view: ControlPlaneView, namespace: string): readonly VirtualService[] => {
  const { open, named } = byAudience(view)
  const mine = named.get(namespace)
  const isOwn = (item: VirtualService): boolean => item.meta.namespace === namespace
  const ownRoutesFirst = (items: readonly VirtualService[]): readonly VirtualService[] => {
    const own = items.filter((item) => item.ofGatewayApi === true && isOwn(item))
    return own.length === 0 ? items : [...own, ...items.filter((item) => !own.includes(item))]
  }
  if (mine === undefined) return ownRoutesFirst(open)
  return [...ownRoutesFirst(mine.filter(isOwn)), ...mine.filter((item) => !isOwn(item)), ...ownRoutesFirst(open)]
})

const placedRoutes = remembered((view: ControlPlaneView, item: VirtualService): readonly PlacedRoute[] =>
  placeRoutes(item, (name, namespace) => findDelegate(view, item, name, namespace)),
)

function findDelegate(view: ControlPlaneView, root: VirtualService, name: string, namespace: string): VirtualService | undefined {
  const found = view.configuration.virtualServices.get(namespace)?.find((item) => item.meta.name === name && item.hosts.length === 0)
  const audience = found === undefined ? undefined : byAudience(view).audiences.get(found)
  return audience !== undefined && isFor(audience, root.meta.namespace) ? found : undefined
}

function audienceFor(view: ControlPlaneView, item: VirtualService): Audience {
  return audienceOf(item.exportTo, view.controlPlane.meshConfig.defaultVirtualServiceExportTo, item.meta.namespace)
}
