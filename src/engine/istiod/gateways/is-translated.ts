import type { Meta } from '../../resources/meta.js'
import { remembered } from '../../remembered.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'

/** Has the control plane made Gateways of its own of the object, which answer for it (GW-10)? */
export const isTranslated = (view: ControlPlaneView, { namespace, index }: Pick<Meta, 'namespace' | 'index'>): boolean =>
  translated(view, namespace).has(index)

const translated = remembered(
  (view: ControlPlaneView, namespace: string): ReadonlySet<number> =>
    new Set((view.configuration.gateways.get(namespace) ?? []).flatMap(({ runs, meta }) => (runs === undefined ? [] : [meta.index]))),
)
