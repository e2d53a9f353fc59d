import type { Assumption } from '../../model/step.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { selectorMatches } from '../../snapshot/selector-index.js'

/** EnvoyFilters that change a proxy, the client's or the server's, in ways nobody can follow here (ROUTE-15). */
export function unmodelledFilters(
  view: ControlPlaneView,
  { namespace, labels }: Workload,
  whose: 'client’s' | 'server’s',
): readonly Assumption[] {
  const root = view.controlPlane.meshConfig.rootNamespace
  const near = namespace === root ? [namespace] : [namespace, root]
  const applying = near
    .flatMap((place) => view.configuration.envoyFilters.get(place) ?? [])
    .filter((filter) => filter.targetRefs.length === 0 && selectorMatches(filter.selector ?? {}, labels))
  return applying.map((filter) => ({
    code: 'ENVOY_FILTER_NOT_MODELLED',
    message: `EnvoyFilter \`${filter.meta.namespace}/${filter.meta.name}\` changes the ${whose} proxy; what it does is not followed`,
    because: [view.ref(filter.meta)],
  }))
}
