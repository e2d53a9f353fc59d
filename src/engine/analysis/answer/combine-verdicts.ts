import { pause } from '../../pause.js'
import type { Verdict } from '../../model/verdict.js'
import type { ReasonCode } from '../../model/reasons.js'
import type { Assumption, Condition } from '../../model/step.js'
import type { UntoldStep } from '../call/untold-step.js'

/**
 * The verdict over parts that all happen (endpoints with a share, route shares) or that the question leaves open
 * (workloads, ports, attributes): all alike is that; both is AMBIGUOUS; an unknown part matters only where it could still
 * turn the result (FLOW-4).
 */
export const combineVerdicts = (verdicts: readonly Verdict[]): Verdict => {
  const has = (verdict: Verdict) => verdicts.includes(verdict)
  if (has('AMBIGUOUS') || (has('REACHABLE') && has('UNREACHABLE'))) return 'AMBIGUOUS'
  if (has('UNDETERMINED')) return 'UNDETERMINED'
  return has('REACHABLE') ? 'REACHABLE' : 'UNREACHABLE'
}

/** What a part came to, and by which step; no step: all that were taken let the call pass. */
interface Decided {
  readonly verdict: Verdict
  readonly reason: ReasonCode
  readonly decidedBy: UntoldStep | undefined
}

/** Reason and step of the part that decided: where it is not plain success, the first one that is not. */
export const decidingPart = (verdict: Verdict, parts: readonly Decided[]): Pick<Decided, 'reason' | 'decidedBy'> => {
  const wanted: readonly Verdict[] = verdict === 'AMBIGUOUS' ? ['UNREACHABLE', 'AMBIGUOUS'] : [verdict]
  const part = parts.find((one) => wanted.includes(one.verdict)) ?? parts[0]
  return { reason: part?.reason ?? 'INPUT_MISSING', decidedBy: part?.decidedBy }
}

/** Each condition once. */
export const distinctConditions = (conditions: readonly Condition[]): readonly Condition[] => {
  if (conditions.length < 2) return conditions
  const distinct = new Map<string, Condition>()
  for (const condition of conditions) {
    pause()
    distinct.set(`${condition.on} ${condition.message}`, condition)
  }
  return [...distinct.values()]
}

export const none: readonly Assumption[] = []

/** Each assumption once. */
export const mergeAssumptions = (lists: readonly (readonly Assumption[])[]): readonly Assumption[] => {
  // Replicas share their lists: each list is looked at once.
  const distinct = new Set(lists.filter((list) => list.length > 0))
  if (distinct.size === 0) return none
  const seen = new Map<string, Assumption>()
  for (const list of distinct) {
    pause()
    for (const assumption of list) seen.set(`${assumption.code} ${assumption.message}`, assumption)
  }
  return [...seen.values()]
}
