import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { byAge } from '../../snapshot/by-age.js'
import { type Audience, audienceOf, isFor } from '../../snapshot/services/audience.js'
import { type PlacedRoute, placeRoutes } from './delegated-routes.js'

/** The VirtualServices of a control plane, by who may use them. */
export interface VirtualServiceIndex {
  /** Exported to the namespace: its private ones, those exported to it by name, then public ones; by age in each (VIS-25). */
  offeredTo(namespace: string): readonly VirtualService[]
  /** Http routes with delegates resolved (VIS-29). */
  routesOf(virtualService: VirtualService): readonly PlacedRoute[]
}

const indexes = new WeakMap<ControlPlaneView, VirtualServiceIndex>()

/** Index of the view's VirtualServices, built once. */
export function virtualServicesOf(view: ControlPlaneView): VirtualServiceIndex {
  let index = indexes.get(view)
  if (index === undefined) {
    index = buildIndex(view)
    indexes.set(view, index)
  }
  return index
}

function buildIndex(view: ControlPlaneView): VirtualServiceIndex {
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
  const offers = new Map<string, readonly VirtualService[]>()
  const routes = new Map<VirtualService, readonly PlacedRoute[]>()
  const offeredTo = (namespace: string): readonly VirtualService[] => {
    const mine = named.get(namespace)
    if (mine === undefined) return open
    const isPrivate = (item: VirtualService): boolean => item.meta.namespace === namespace
    return [...mine.filter(isPrivate), ...mine.filter((item) => !isPrivate(item)), ...open]
  }
  const findDelegate = (root: VirtualService, name: string, namespace: string): VirtualService | undefined => {
    const found = view.configuration.virtualServices.get(namespace)?.find((item) => item.meta.name === name && item.hosts.length === 0)
    const audience = found === undefined ? undefined : audiences.get(found)
    return audience !== undefined && isFor(audience, root.meta.namespace) ? found : undefined
  }
  return {
    offeredTo: (namespace) => remember(offers, namespace, () => offeredTo(namespace)),
    routesOf: (item) => remember(routes, item, () => placeRoutes(item, (name, namespace) => findDelegate(item, name, namespace))),
  }
}

function audienceFor(view: ControlPlaneView, item: VirtualService): Audience {
  return audienceOf(item.exportTo, view.controlPlane.meshConfig.defaultVirtualServiceExportTo, item.meta.namespace)
}

function remember<K, V>(known: Map<K, V>, key: K, compute: () => V): V {
  const found = known.get(key)
  if (found !== undefined) return found
  const value = compute()
  known.set(key, value)
  return value
}
