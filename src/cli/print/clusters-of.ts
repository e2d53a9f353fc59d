import type { Reachability } from '#engine/model/reachability'
import type { ToldCondition } from '#engine/model/step'
import { clustersIn } from './clusters-in.js'

/** Clusters that the answer speaks of. */
export function clustersOf({ steps, endpoints, conditions, assumptions }: Reachability): ReadonlySet<string> {
  const told: readonly Pick<ToldCondition, 'because'>[] = [
    ...steps,
    ...endpoints.flatMap((path) => path.steps),
    ...conditions,
    ...assumptions,
  ]
  const near = steps.flatMap(({ nearMisses }) => nearMisses.map(({ resource }) => resource))
  return new Set([...told.flatMap(clustersIn), ...clustersIn({ because: near }), ...endpoints.flatMap(({ cluster }) => cluster ?? [])])
}
