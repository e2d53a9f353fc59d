import { deniedEnds } from './denied-ends.js'
import { letThrough } from './let-through.js'
import type { Propose } from '../proposal.js'

/**
 * No rule of the policies that select an end of a connection lets it through: a policy of its own that does, for these two ends and this port.
 *
 * NetworkPolicies add up, so that the user's own stay as they are. What a policy for the whole cluster denies is somebody's intention, and is
 * left alone. Rules NP-3, NP-6, NP-12, NP-18.
 */
export const allowConnection: Propose = (situation) => {
  const denied = deniedEnds(situation)
  return denied.length === 0 ? [] : [letThrough(situation.snapshot, denied)]
}
