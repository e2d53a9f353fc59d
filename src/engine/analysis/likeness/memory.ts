import type { AfterNetwork } from '../answer/traced-path.js'
import type { CallAttributes, Client } from '../call/call.js'
import type { RouteTarget } from '../call/stage-values.js'
import { requestKey, targetKey } from '../call/target-key.js'
import { createTwinPaths, type TwinPaths } from './twin-paths.js'
import { createTwinWays, type TwinWays } from './twin-ways.js'

/** What is known of the paths to one route target. */
export interface Twins {
  readonly paths: TwinPaths<AfterNetwork>
  readonly ways: TwinWays
}

/** What a question has found out so far, for a client and those that stand for it. */
export interface Memory {
  /** Is anybody told the steps? Else only what decided is put into words. */
  readonly tells: boolean
  /** Of a route target and the request that is sent there; undefined: past the mesh, where a call has one only. */
  twinsOf(target: RouteTarget | undefined, request: CallAttributes): Twins
}

/**
 * Callers that differ only in their place share one: place has a say in which endpoints are chosen, not in what becomes of a call to one. So do
 * the alternatives of a route that lead to the same target.
 */
export function createMemory(client: Client, tells = true): Memory {
  const known = new Map<string, Twins>()
  return {
    tells,
    twinsOf: (target, request) => {
      const key = `${target === undefined ? '' : targetKey(target)} ${requestKey(request)}`
      let twins = known.get(key)
      if (twins === undefined) known.set(key, (twins = { paths: createTwinPaths(client.snapshot), ways: createTwinWays(client, target) }))
      return twins
    },
  }
}
