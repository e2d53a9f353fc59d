import { connectionsOf } from '../analysis/network-policy/connection.js'
import { type JudgedEnd, judgeConnection } from '../analysis/network-policy/judge-connection.js'
import type { Propose } from './proposal.js'
import { letThrough } from './let-through.js'
import type { Situation } from './situation.js'

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

const deniedEnds = ({ snapshot, clients, paths }: Situation): readonly JudgedEnd[] =>
  clients
    .flatMap(({ workload }) => paths.flatMap((path) => connectionsOf(snapshot, workload, path)))
    .flatMap((connection) => judgeConnection(snapshot, connection))
    .filter(({ decision }) => decision?.value === 'DENIED' && decision.admin !== true)
