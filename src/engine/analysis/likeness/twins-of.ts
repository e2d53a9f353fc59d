import type { ResolvedCall } from '../call/call.js'
import type { RouteTarget } from '../call/stage-values.js'
import { requestKey, targetKey } from '../call/target-key.js'
import type { AfterNetwork } from '../answer/traced-path.js'
import { createTwinPaths, type TwinPaths } from './twin-paths.js'
import { createTwinWays, type TwinWays } from './twin-ways.js'

/** What is known of the paths to one route target. */
export interface Twins {
  readonly paths: TwinPaths<AfterNetwork>
  readonly ways: TwinWays
}

/**
 * What a question has found out about a route target so far.
 *
 * Callers that differ only in their place share it: place has a say in which endpoints are chosen, not in what becomes of a call to one. So do
 * the alternatives of a route that lead to the same target.
 */
export function twinsOf({ client, known, attributes }: ResolvedCall, target: RouteTarget | undefined): Twins {
  const key = `${target === undefined ? '' : targetKey(target)} ${requestKey(attributes)}`
  let twins = known.get(key) as Twins | undefined
  if (twins === undefined) known.set(key, (twins = { paths: createTwinPaths(client), ways: createTwinWays(client, target) }))
  return twins
}
