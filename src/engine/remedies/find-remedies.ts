import { AppError, isProblem } from '../model/app-error.js'
import type { Trace } from '../analysis/answer/trace.js'
import { traceCall } from '../analysis/trace-call.js'
import type { ReachabilityQuestion } from '../model/question.js'
import type { Remedy } from '../model/step.js'
import { changeSnapshot } from '../simulate/change-snapshot.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { alsoOpens } from './told/also-opens.js'
import { allProposals } from './all-proposals.js'
import type { Proposal } from './proposal.js'
import { situationOf } from './situation.js'
import { writeRemedy } from './told/write-remedy.js'

/** What would turn the verdict of a trace at a moment; nothing for one that may not be turned. */
export type FindRemedies = (question: ReachabilityQuestion, trace: Trace, at: number) => Remedy[]

const mostRemedies = 3
const mostTraces = 5
const mostTracesTogether = 25

/** A version, and how the call fares in it after the changes that led there. */
interface Tried {
  readonly snapshot: Snapshot
  readonly trace: Trace
  readonly changes: readonly Proposal[]
}

/** How many changed versions may still be traced. */
interface Budget {
  take(): boolean
}

/**
 * Finds remedies for the questions of one request: each is a change after which the very question is REACHABLE.
 *
 * A changed version is traced with cold indexes, which costs a thousand times an answer; so few are tried for a question, and few for
 * all of a request together: the later ones of a long list then go without.
 */
export const remedyFinder = (snapshot: Snapshot): FindRemedies => {
  const together = budgetOf(mostTracesTogether)
  return (question, trace, at) => {
    if (trace.verdict !== 'UNREACHABLE' && trace.verdict !== 'AMBIGUOUS') return []
    const budget = budgetOf(mostTraces, together)
    const found = weakerLast(guarded(() => search({ snapshot, trace, changes: [] }, question, at, budget)) ?? [])
    return question.alsoOpens === true
      ? ranked(snapshot, found, question, at)
      : found.map(({ changes }) => writeRemedy(snapshot, changes, null))
  }
}

/** What takes away a protection is for whoever can do nothing else. */
const isWeaker = ({ changes }: Pick<Tried, 'changes'>): boolean => changes.some((change) => change.isWeaker)

const weakerLast = <T extends Pick<Tried, 'changes'>>(found: readonly T[]): readonly T[] => [
  ...found.filter((each) => !isWeaker(each)),
  ...found.filter(isWeaker),
]

/** With what each opens besides, the narrowest first. */
const ranked = (snapshot: Snapshot, found: readonly Tried[], question: ReachabilityQuestion, at: number): Remedy[] => {
  const told = found
    .map(({ snapshot: after, changes }) => {
      const opened = guarded(() => alsoOpens({ before: snapshot, after }, question, at)) ?? null
      return { changes, count: opened?.count ?? Number.POSITIVE_INFINITY, remedy: writeRemedy(snapshot, changes, opened) }
    })
    .sort((a, b) => a.count - b.count)
  return weakerLast(told).map(({ remedy }) => remedy)
}

const budgetOf = (most: number, outer?: Budget): Budget => {
  let left = most
  return { take: () => left > 0 && (outer?.take() ?? true) && left-- > 0 }
}

/** Single changes first; where none is enough, the first that gets the call further, and one more after it. */
const search = (start: Tried, question: ReachabilityQuestion, at: number, budget: Budget): readonly Tried[] => {
  const found: Tried[] = []
  let further: Tried | undefined
  for (const next of attempts(start, question, at, budget)) {
    if (next.trace.verdict === 'REACHABLE') found.push(next)
    else if (next.trace.verdict === 'UNREACHABLE' && next.trace.reason !== start.trace.reason) further ??= next
    if (found.length === mostRemedies) return found
  }
  if (found.length > 0 || further === undefined || start.changes.length > 0) return found
  return search(further, question, at, budget)
}

/** The call in each version that a proposal makes, as far as the budget allows and somebody goes on asking. */
function* attempts(start: Tried, question: ReachabilityQuestion, at: number, budget: Budget): Generator<Tried> {
  const situation = situationOf(start.snapshot, question, start.trace, at)
  if (situation === undefined) return
  for (const { for: reasons, propose } of allProposals) {
    if (!reasons.some((reason) => situation.reasons.has(reason))) continue
    for (const proposal of guarded(() => propose(situation)) ?? []) {
      if (!budget.take()) return
      const tried = guarded(() => tryOut(start, proposal, question, at))
      if (tried !== undefined) yield tried
    }
  }
}

const tryOut = (start: Tried, proposal: Proposal, question: ReachabilityQuestion, at: number): Tried | undefined => {
  const snapshot = changeSnapshot(start.snapshot, proposal.change)
  const trace = traceCall(snapshot, question, at)
  return isProblem(trace) ? undefined : { snapshot, trace, changes: [...start.changes, proposal] }
}

/** A remedy is an extra: the answer it belongs to is right without it, and must not be lost to a fault in here. */
const guarded = <T>(work: () => T): T | undefined => {
  try {
    return work()
  } catch (error) {
    // What ends the work as a whole is no fault of a remedy.
    if (error instanceof AppError) throw error
    return undefined
  }
}
