import { lookupsOf } from '../analysis/network-policy/judge-name-lookup.js'
import { letThrough } from './let-through.js'
import type { Propose } from './proposal.js'

/** The client may not ask the cluster's DNS: a policy that lets it, over UDP and, for large answers, TCP. Rule NP-22. */
export const allowLookup: Propose = ({ snapshot, clients }) => {
  const ends = clients.flatMap((client) => lookupsOf(client).flat())
  const denied = ends.filter(({ decision }) => decision?.value === 'DENIED' && decision.admin !== true)
  return denied.length === 0 ? [] : [letThrough(snapshot, denied, 'dns')]
}
