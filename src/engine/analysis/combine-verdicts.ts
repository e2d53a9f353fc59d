import type { Verdict } from '../model/verdict.js'

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
