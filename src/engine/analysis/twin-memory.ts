import type { ResolvedCall } from './client.js'
import type { RouteTarget } from './stage-values.js'
import { targetKey } from './target-key.js'
import type { Arrival } from './trace-path.js'
import { createTwinPaths, type TwinPaths } from './twin-paths.js'
import { createTwinWays, type TwinWays } from './twin-ways.js'

/** What is known of the paths to one route target. */
export interface Twins {
  readonly paths: TwinPaths<Arrival>
  readonly ways: TwinWays
}

const byCaller = new WeakMap<object, Map<string, Twins>>()

/**
 * What a question has found out about a route target so far.
 *
 * Callers that differ only in their place share it: place has a say in which endpoints are chosen, not in what becomes of a call to one. So do
 * the alternatives of a route that lead to the same target.
 */
export function twinsOf({ client, caller }: ResolvedCall, target: RouteTarget | undefined): Twins {
  let known = byCaller.get(caller)
  if (known === undefined) byCaller.set(caller, (known = new Map()))
  const key = target === undefined ? '' : targetKey(target)
  let twins = known.get(key)
  if (twins === undefined) known.set(key, (twins = { paths: createTwinPaths(client), ways: createTwinWays(client, target) }))
  return twins
}
