import { leastOf } from '../../least-of.js'
import { flatMap } from '../../flat-map.js'
import { pause } from '../../pause.js'
import type { FixedConditionCode } from '../../model/conditions.js'
import type { Condition } from '../../model/step.js'
import { condition } from '../call/condition.js'
import { allLooks } from '../call/look.js'
import { combineVerdicts, decidingPart, distinctConditions, mergeAssumptions } from './combine-verdicts.js'

import { mergeSteps } from './merge-steps.js'
import type { TracePart, Trace } from './trace.js'

const partCondition = (code: FixedConditionCode, { label, trace }: TracePart): Condition => {
  pause()
  const { decidedBy } = trace
  const why = trace.verdict === 'REACHABLE' ? '' : `, as ${String(decidedBy?.message ?? trace.reason)}`
  return condition(code, `${label} is ${trace.verdict}${why}`, decidedBy?.because ?? [])
}

/** What does not arrive comes first: a summary names the first condition. */
const differing = (code: FixedConditionCode, parts: readonly TracePart[]): Condition[] =>
  [...parts.filter(({ trace }) => trace.verdict !== 'REACHABLE'), ...parts.filter(({ trace }) => trace.verdict === 'REACHABLE')].map(
    (part) => partCondition(code, part),
  )

const endpointsOf = ({ share, trace: { endpoints } }: TracePart): Trace['endpoints'] => {
  pause()
  return share === 1 ? endpoints : endpoints.map((path) => ({ ...path, share: path.share * share }))
}

/**
 * One trace for parts that together are the answer. `code` is of what tells them apart (port, workload, route …); where the
 * parts differ, each becomes a condition. `tells`: somebody reads the steps.
 */
export const combineTraces = (code: FixedConditionCode, parts: readonly TracePart[], tells = true): Trace => {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only.trace
  const taking = parts.filter((part) => part.share > 0)
  const verdict = combineVerdicts(taking.map((part) => part.trace.verdict))
  const differ = taking.some((part) => part.trace.verdict !== taking[0]?.trace.verdict)
  const { reason, decidedBy } = decidingPart(
    verdict,
    taking.map((part) => part.trace),
  )
  const until = flatMap(parts, (part) => part.trace.validUntil ?? [])
  const merged = mergeSteps(
    parts.map(({ label, trace }) => ({ steps: trace.steps, spoken: trace.spoken, count: 1, labels: () => [label] })),
    decidedBy,
    tells,
  )
  return {
    verdict,
    reason,
    steps: merged.steps,
    decidedBy: merged.decidedBy,
    spoken: merged.spoken,
    endpoints: flatMap(parts, endpointsOf),
    conditions: distinctConditions([...(differ ? differing(code, taking) : []), ...flatMap(parts, (part) => part.trace.conditions)]),
    assumptions: mergeAssumptions(parts.map((part) => part.trace.assumptions)),
    validUntil: until.length === 0 ? undefined : leastOf(until),
    lookedAt: allLooks(parts.map(({ trace }) => trace.lookedAt)),
    callers: undefined,
  }
}
