import { combineVerdicts } from '../analysis/answer/combine-verdicts.js'
import type { Trace } from '../analysis/answer/trace.js'
import type { Verdict } from '../model/verdict.js'
import type { Workload } from '../snapshot/workloads/workload.js'

/**
 * The verdict of a call where only some of the host's servers count: whether what is sent to these gets through, whenever something is.
 *
 * Where a path ends at nobody who is known, or at a gateway that goes on by itself, those meant may stand behind it: such a path counts. An endpoint that
 * the client is never given does not, as nothing is sent to it.
 */
export function verdictOfServers({ verdict, endpoints }: Trace, means: ((workload: Workload) => boolean) | undefined): Verdict {
  if (means === undefined || endpoints.length === 0) return verdict
  const meant = endpoints.filter(
    ({ path: { server }, end, priority }) => priority !== null && (server === undefined || end.ledOn || means(server)),
  )
  if (meant.length > 0) return combineVerdicts(meant.map(({ end }) => end.verdict))
  return verdict === 'UNDETERMINED' ? 'UNDETERMINED' : 'UNREACHABLE'
}
