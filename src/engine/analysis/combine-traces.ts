import type { ReasonCode } from '../model/reasons.js'
import type { ResourceRef } from '../model/resource-ref.js'
import type { Assumption, Condition, Step } from '../model/step.js'
import { type Stage, Stage as stageSchema, type Verdict } from '../model/verdict.js'
import { combineVerdicts } from './combine-verdicts.js'
import type { Part, Trace } from './trace.js'

const stages: readonly Stage[] = stageSchema.enum
const mostEvidence = 12

const refKey = (ref: ResourceRef): string => `${ref.cluster} ${ref.kind} ${ref.namespace} ${ref.name} ${ref.path}`

/** Evidence of several steps, each object once, cut where more would tell nobody anything. */
export const mergeRefs = (lists: readonly (readonly ResourceRef[])[]): ResourceRef[] => {
  const seen = new Map<string, ResourceRef>()
  // Replicas share their lists: each list is looked at once.
  for (const list of new Set(lists)) {
    if (seen.size === mostEvidence) break
    for (const ref of list) if (seen.size < mostEvidence) seen.set(refKey(ref), ref)
  }
  return [...seen.values()]
}

export const mergeAssumptions = (lists: readonly (readonly Assumption[])[]): Assumption[] => {
  const seen = new Map<string, Assumption>()
  for (const list of new Set(lists)) for (const assumption of list) seen.set(`${assumption.code} ${assumption.message}`, assumption)
  return [...seen.values()]
}

const sameStep = (a: Step, b: Step): boolean => a.reason === b.reason && a.outcome === b.outcome

const mixedOutcome = (steps: readonly Step[]): Step['outcome'] => {
  const [first] = steps
  if (first !== undefined && steps.every((step) => step.outcome === first.outcome)) return first.outcome
  return 'CONDITIONAL'
}

/** One stage over several parts: one sentence where all say the same, else each part's own. */
const mergeStage = (stage: Stage, parts: readonly { label: string; step: Step }[]): Step => {
  const [first] = parts
  if (first === undefined) throw new Error(`no step for ${stage}`)
  if (parts.every(({ step }) => sameStep(step, first.step))) {
    const same = parts.every(({ step }) => step.message === first.step.message)
    const message = same ? first.step.message : alike(parts)
    return { ...first.step, message, because: mergeRefs(parts.map(({ step }) => step.because)) }
  }
  return sumUp(stage, parts)
}

/** Parts that end alike for reasons of their own: the first one's sentence stands for them all, where there are many. */
const alike = (parts: readonly { label: string; step: Step }[]): string => {
  const sentences = [...new Set(parts.map(({ step }) => step.message))]
  return sentences.length <= 2 ? sentences.join('; ') : `${sentences[0]}; and alike for ${parts.length - 1} more`
}

/** Some endpoints are dialled directly and some through gateways, and all of that works. */
const isMixedWay = (parts: readonly { readonly step: Step }[]): boolean =>
  parts.some(({ step }) => step.reason === 'DIRECT') && parts.every(({ step }) => step.reason === 'DIRECT' || step.reason === 'VIA_GATEWAY')

const sumUp = (stage: Stage, parts: readonly { label: string; step: Step }[]): Step => {
  const sentences = new Map<string, string[]>()
  for (const { label, step } of parts) sentences.set(step.message, [...(sentences.get(step.message) ?? []), label])
  const failing = parts.find(({ step }) => step.outcome === 'STOPPED' || step.outcome === 'UNDETERMINED') ?? parts[0]
  return {
    stage,
    outcome: mixedOutcome(parts.map(({ step }) => step)),
    reason: isMixedWay(parts) ? 'DIRECT_AND_VIA_GATEWAY' : (failing?.step.reason ?? 'INPUT_MISSING'),
    message: [...sentences].map(([message, labels]) => `${nameSome(labels)}: ${message}`).join('; '),
    because: mergeRefs(parts.map(({ step }) => step.because)),
  }
}

const nameSome = (labels: readonly string[]): string =>
  labels.length > 3 ? `${labels.slice(0, 3).join(', ')} and ${labels.length - 3} more` : labels.join(', ')

/** The steps of several parts as one list in the order of the stages. */
export const mergeSteps = (parts: readonly { readonly label: string; readonly steps: readonly Step[] }[]): Step[] => {
  const [only] = parts
  if (only === undefined) return []
  if (parts.length === 1) return [...only.steps]
  const byStage = new Map<Stage, { readonly label: string; readonly step: Step }[]>()
  for (const { label, steps } of parts) {
    for (const step of steps) {
      const present = byStage.get(step.stage)
      if (present === undefined) byStage.set(step.stage, [{ label, step }])
      else present.push({ label, step })
    }
  }
  return stages.flatMap((stage) => {
    const present = byStage.get(stage)
    return present === undefined ? [] : [mergeStage(stage, present)]
  })
}

/** The reason of the part that decided: where it is not plain success, the first one that is not. */
export const decidingReason = (
  verdict: Verdict,
  parts: readonly { readonly verdict: Verdict; readonly reason: ReasonCode }[],
): ReasonCode => {
  const wanted: readonly Verdict[] = verdict === 'AMBIGUOUS' ? ['UNREACHABLE', 'AMBIGUOUS'] : [verdict]
  return (parts.find((part) => wanted.includes(part.verdict)) ?? parts[0])?.reason ?? 'INPUT_MISSING'
}

const partCondition = (on: string, { label, trace }: Part): Condition => {
  const last = trace.steps.find((step) => step.reason === trace.reason)
  const why = trace.verdict === 'REACHABLE' ? '' : `: ${last?.message ?? trace.reason}`
  return { on, message: `${label} is ${trace.verdict}${why}`, because: last?.because ?? [] }
}

/** What does not arrive comes first: a summary names the first condition. */
const differing = (on: string, parts: readonly Part[]): Condition[] =>
  [...parts.filter(({ trace }) => trace.verdict !== 'REACHABLE'), ...parts.filter(({ trace }) => trace.verdict === 'REACHABLE')].map(
    (part) => partCondition(on, part),
  )

/**
 * One trace for parts that together are the answer. `on` names what tells them apart (`port`, `workload`, `route` …); where the
 * parts differ, each becomes a condition.
 */
export const combineTraces = (on: string, parts: readonly Part[]): Trace => {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only.trace
  const taking = parts.filter((part) => part.share > 0)
  const verdict = combineVerdicts(taking.map((part) => part.trace.verdict))
  const differ = taking.some((part) => part.trace.verdict !== taking[0]?.trace.verdict)
  const until = parts.flatMap((part) => part.trace.validUntil ?? [])
  return {
    verdict,
    reason: decidingReason(
      verdict,
      taking.map((part) => part.trace),
    ),
    steps: mergeSteps(parts.map((part) => ({ label: part.label, steps: part.trace.steps }))),
    endpoints: parts.flatMap((part) => part.trace.endpoints.map((path) => ({ ...path, share: path.share * part.share }))),
    conditions: [...(differ ? differing(on, taking) : []), ...parts.flatMap((part) => part.trace.conditions)],
    assumptions: mergeAssumptions(parts.map((part) => part.trace.assumptions)),
    validUntil: until.length === 0 ? undefined : Math.min(...until),
    byPlace: parts.some((part) => part.trace.byPlace),
  }
}
