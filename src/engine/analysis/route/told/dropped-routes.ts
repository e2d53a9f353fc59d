import { whyDropped } from '../../../istiod/virtual-services/why-dropped.js'
import type { VirtualService } from '../../../resources/istio/virtual-service.js'
import { titleOf } from '../../../snapshot/references.js'
import type { ControlPlaneView } from '../../../snapshot/snapshot.js'
import type { Unattached } from './why-unattached.js'

/** Routes of these VirtualServices that no proxy is given, since their delegates cannot take their place (VIS-29, ROUTE-8). Undefined: there are none. */
export function droppedRoutes(view: ControlPlaneView, items: readonly VirtualService[]): Unattached | undefined {
  const told = items.flatMap((item) =>
    item.http.flatMap((route, index) => {
      const path = `spec.http[${index}]`
      const dropped = whyDropped(view, item, route, path)
      if (dropped === undefined) return []
      const message = `\`${path}\` of ${titleOf(item.meta)} is dropped, as the delegate \`${dropped.delegate}\` ${dropped.what}`
      return [{ message, because: view.ref(item.meta, `${path}.delegate`) }]
    }),
  )
  const [first, ...others] = told
  if (first === undefined) return undefined
  const more = others.length === 0 ? '' : `, and ${others.length} more like it`
  return { message: `${first.message}${more}`, because: told.map(({ because }) => because) }
}
