import type { Assumption } from '../model/step.js'
import type { Client } from './client.js'
import { selectorMatches } from './selector-index.js'
import type { ProxyScope } from './proxy-scope.js'

/** EnvoyFilters that change the client's proxy in ways nobody can follow here (ROUTE-15). */
export function unmodelledFilters({ workload }: Client, { view, namespace }: ProxyScope): readonly Assumption[] {
  const root = view.controlPlane.meshConfig.rootNamespace
  const near = namespace === root ? [namespace] : [namespace, root]
  const applying = near
    .flatMap((place) => view.configuration.envoyFilters.get(place) ?? [])
    .filter((filter) => {
      return filter.targetRefs.length === 0 && selectorMatches(filter.selector ?? {}, workload.labels)
    })
  return applying.map((filter) => ({
    code: 'ENVOY_FILTER_NOT_MODELLED',
    message: `EnvoyFilter \`${filter.meta.namespace}/${filter.meta.name}\` changes the client’s proxy; what it does is not followed`,
    because: [view.ref(filter.meta)],
  }))
}
