import { resolveSource } from '../analysis/caller/resolve-source.js'
import { searchCandidates } from '../analysis/name/search-candidates.js'
import { type Seen, seenServices } from '../analysis/visibility/seen-services.js'
import { type Problem, isProblem } from '../model/app-error.js'
import type { SourceInput } from '../model/question.js'
import { remembered } from '../remembered.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { holds, type Judged } from './held.js'

/** One set for all whose scope is the same. */
const hostsOf = remembered((seen: Seen): ReadonlySet<string> => new Set(seen.services.map(({ host }) => host)))

/** Is the host given to every instance of the caller, or to none, as expected? */
export function judgeVisible(
  snapshot: Snapshot,
  from: SourceInput,
  host: string,
  visible: boolean,
): Judged | { readonly problem: Problem } {
  const source = resolveSource(snapshot, from)
  if (isProblem(source)) return source
  const asked = host.toLowerCase().replace(/\.$/, '')
  const sees = source.clients.map((client) => {
    const hosts = hostsOf(seenServices(client))
    return searchCandidates(asked, client.workload.namespace, client.cluster.clusterDomain).some((name) => hosts.has(name))
  })
  if (sees.every((seen) => seen === visible)) return holds
  return { held: 'BROKEN', detail: visible ? `\`${host}\` is hidden from the caller` : `\`${host}\` is visible to the caller` }
}
