import { isProblem } from '../analysis/is-problem.js'
import type { Trace } from '../analysis/trace.js'
import { traceCall } from '../analysis/trace-call.js'
import { writeObjectsYaml } from '../manifests/write-yaml.js'
import type { ReachabilityQuestion } from '../model/question.js'
import type { Remedy } from '../model/step.js'
import { changeSnapshot } from '../simulate/change-snapshot.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { allProposals } from './all-proposals.js'
import type { Proposal } from './proposal.js'
import { situationOf } from './situation.js'

/** What would turn the verdict of a trace at a moment; nothing for one that may not be turned. */
export type FindRemedies = (question: ReachabilityQuestion, trace: Trace, at: number) => Remedy[]

const mostRemedies = 3
const mostTraces = 5
const mostTracesTogether = 25

/**
 * Finds remedies for the questions of one request: each is a change after which the very question is REACHABLE.
 *
 * A changed version is traced with cold indexes, which costs a thousand times an answer; so few are tried for a question, and few for
 * all of a request together: the later ones of a long list then go without.
 */
export const remedyFinder = (snapshot: Snapshot): FindRemedies => {
  let left = mostTracesTogether
  return (question, trace, at) => {
    if (left === 0 || (trace.verdict !== 'UNREACHABLE' && trace.verdict !== 'AMBIGUOUS')) return []
    const found: Remedy[] = []
    let tried = 0
    for (const proposal of proposalsFor(snapshot, question, trace, at)) {
      if (found.length === mostRemedies || tried === mostTraces || left === 0) break
      tried += 1
      left -= 1
      if (turns(snapshot, question, at, proposal)) found.push(remedyOf(proposal))
    }
    return found
  }
}

/** Proposals are made one kind after the other, as far as they are wanted. */
function* proposalsFor(snapshot: Snapshot, question: ReachabilityQuestion, trace: Trace, at: number): Generator<Proposal> {
  const situation = guarded(() => situationOf(snapshot, question, trace, at))
  if (situation === undefined) return
  for (const { for: reasons, propose } of allProposals) {
    if (reasons.some((reason) => situation.reasons.has(reason))) yield* guarded(() => propose(situation)) ?? []
  }
}

const turns = (snapshot: Snapshot, question: ReachabilityQuestion, at: number, { change }: Proposal): boolean =>
  guarded(() => {
    const trace = traceCall(changeSnapshot(snapshot, change), question, at)
    return !isProblem(trace) && trace.verdict === 'REACHABLE'
  }) ?? false

const remedyOf = ({ summary, cluster, manifests }: Proposal): Remedy => ({
  summary,
  cluster,
  manifest: manifests.length === 0 ? null : writeObjectsYaml(manifests),
})

/** A remedy is an extra: the answer it belongs to is right without it, and must not be lost to a fault in here. */
const guarded = <T>(work: () => T): T | undefined => {
  try {
    return work()
  } catch {
    return undefined
  }
}
