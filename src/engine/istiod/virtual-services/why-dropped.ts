import { remembered } from '../../remembered.js'
import type { HttpRoute, VirtualService } from '../../resources/istio/virtual-service.js'
import type { Meta } from '../../resources/meta.js'
import { isFor } from '../../snapshot/services/audience.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { virtualServicesNamed, virtualServicesOf } from './virtual-service-index.js'

/** What is the matter with the delegate, and what to do, as a sentence goes on behind its name. */
export interface Dropped {
  readonly delegate: string
  readonly what: string
  /** Absent: nobody of that name is there. */
  readonly mend?: string
}

/** Whose routes stand in its http routes. */
const ownersOf = remembered(
  (view: ControlPlaneView, root: VirtualService): ReadonlySet<Meta> =>
    new Set(
      virtualServicesOf(view)
        .routesOf(root)
        .flatMap(({ owner, path }) => (path.startsWith('spec.http') ? [owner] : [])),
    ),
)

/** Why a delegate's routes do not take the place of this http route, which is dropped then (VIS-29, ROUTE-8); undefined: they do, or it has none. */
export function whyDropped(view: ControlPlaneView, root: VirtualService, { delegate }: HttpRoute, path: string): Dropped | undefined {
  if (delegate === undefined) return undefined
  const { name, namespace = root.meta.namespace } = delegate
  const why = whyNotInPlace(view, root, { name, namespace }, path)
  return why && { delegate: `${namespace}/${name}`, ...why }
}

function whyNotInPlace(
  view: ControlPlaneView,
  root: VirtualService,
  { name, namespace }: { readonly name: string; readonly namespace: string },
  path: string,
): Omit<Dropped, 'delegate'> | undefined {
  const [found] = virtualServicesNamed(view, namespace).get(name) ?? []
  if (found === undefined) return { what: 'is not there' }
  if (found.hosts.length > 0) return { what: 'has `hosts` of its own and so is no delegate', mend: 'leave its `hosts` out' }
  if (!isFor(virtualServicesOf(view).audienceOf(found), root.meta.namespace)) {
    return { what: `is not exported to namespace \`${root.meta.namespace}\``, mend: 'add that to its `exportTo`' }
  }
  if (found.http.some((route) => route.delegate !== undefined)) {
    return { what: 'delegates itself, which istiod leaves out', mend: 'delegate to the last one' }
  }
  const inPlace = found.http.length === 0 || ownersOf(view, root).has(found.meta)
  return inPlace ? undefined : { what: `matches no request that \`${path}.match\` lets through`, mend: 'widen one of them' }
}
