import { tellAssumptions, tellConditions } from '../analysis/answer/tell-assumptions.js'
import type { Shown } from '../groups/shown.js'
import type { View } from '../model/topology/view.js'
import { generalAssumptions, generalConditions } from './general-steps.js'
import type { Sight } from './sight.js'

/** The question turned round as those are answered who are shown the things of some tenants: of their own, with everybody else as one. */
export const shownIn = (sight: Sight, { tenants }: View): Shown => {
  const names = new Set(tenants.map(({ name }) => name))
  return {
    unit: ({ kind, cluster, namespace }) => kind === 'OUTSIDE' || sight.holds(cluster, namespace),
    called: ({ clusters, namespace }) => clusters.some((cluster) => sight.holds(cluster, namespace)),
    tenant: (name) => names.has(name),
    end: ({ verdict, reason, conditions, because }) => {
      const told = { conditions: generalConditions(sight, tellConditions(conditions)), because: sight.refs(because) }
      return { ...told, key: JSON.stringify([verdict, reason, told]) }
    },
    otherNames: false,
    assumptions: (all) => generalAssumptions(sight, tellAssumptions(all)),
  }
}
