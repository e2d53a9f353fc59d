import { textOf } from '../flags.js'
import type { ByNamespace, ClusterResources } from '../../resources/cluster-resources.js'
import type { Meta } from '../../resources/meta.js'
import { type IstioConfiguration, istioKinds } from './istio-objects.js'
import type { ControlPlane } from '../snapshot.js'

const none: ByNamespace<never> = new Map()

const ofEach = (read: (name: (typeof istioKinds)[number]) => ByNamespace<unknown>): IstioConfiguration =>
  // INVARIANT: what `read` gives for a name is of the kind that the name stands for.
  Object.fromEntries(istioKinds.map((name) => [name, read(name)])) as unknown as IstioConfiguration

export const emptyConfiguration: IstioConfiguration = ofEach(() => none)

/**
 * Does this control plane read an object with these labels?
 *
 * Rule MODEL-18: tags are not resolved, and only an istiod whose REVISION is really empty reads everything.
 */
export const readsRevision = (controlPlane: ControlPlane, meta: Meta): boolean => {
  const label = meta.labels['istio.io/rev']
  if (label === undefined || label === '' || textOf(controlPlane, 'REVISION') === '') return true
  return label === (controlPlane.revision === '' ? 'default' : controlPlane.revision)
}

type Selects = (namespace: string) => boolean

/** The same map when nothing is left out, as it nearly always is. */
const filtered = <T extends { readonly meta: Meta }>(map: ByNamespace<T>, controlPlane: ControlPlane, selects: Selects): ByNamespace<T> => {
  let changed = false
  const result = new Map<string, readonly T[]>()
  for (const [namespace, list] of map) {
    const kept = selects(namespace)
      ? list.every((item) => readsRevision(controlPlane, item.meta))
        ? list
        : list.filter((item) => readsRevision(controlPlane, item.meta))
      : []
    if (kept !== list) changed = true
    if (kept.length > 0) result.set(namespace, kept)
  }
  return changed ? result : map
}

/** Istio objects that a control plane reads from its config cluster. Rules MODEL-6, MODEL-16, MODEL-18, TOPO-6, TOPO-8. */
export const configurationOf = (resources: ClusterResources, controlPlane: ControlPlane, selects: Selects): IstioConfiguration =>
  ofEach((name) => filtered<{ readonly meta: Meta }>(resources[name], controlPlane, selects))
