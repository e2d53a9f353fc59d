import { judgeLookup } from '../analysis/network-policy/judge-lookup.js'
import { letThrough } from './connections/let-through.js'
import type { Propose } from './proposal.js'

/** The client may not ask the cluster's DNS: a policy that lets it, over UDP and, for large answers, TCP. Rule NP-22. */
export const allowLookup: Propose = ({ snapshot, clients }) => {
  const ends = clients.map(judgeLookup).flatMap((lookup) => (lookup.value === 'DENIED' ? lookup.ends : []))
  const denied = ends.filter(({ decision }) => decision?.admin !== true)
  return denied.length === 0 ? [] : [letThrough(snapshot, denied, 'dns')]
}
