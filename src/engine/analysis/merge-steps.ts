import type { ResourceRef } from '../model/resource-ref.js'
import type { Step } from '../model/step.js'
import { type Stage, Stage as stageSchema } from '../model/verdict.js'
import { isSameRef } from './same-ref.js'

/** Steps that one or several parts of an answer took; what the parts are called is worked out only where a sentence must tell them apart. */
export interface TakenSteps {
  readonly steps: readonly Step[]
  readonly count: number
  readonly labels: () => readonly string[]
}

interface TakenStep {
  readonly step: Step
  readonly by: TakenSteps
}

const stages: readonly Stage[] = stageSchema.enum
const mostEvidence = 12

/** Evidence of several steps, each object once, cut where more would tell nobody anything. */
const mergeRefs = (lists: readonly (readonly ResourceRef[])[]): readonly ResourceRef[] => {
  const merged: ResourceRef[] = []
  // Replicas share their lists: each list is looked at once.
  for (const list of new Set(lists)) {
    for (const ref of list) {
      if (merged.length === mostEvidence) return merged
      if (!merged.some((known) => isSameRef(known, ref))) merged.push(ref)
    }
  }
  return merged
}

const isAlike = (a: Step, b: Step): boolean => a === b || (a.reason === b.reason && a.outcome === b.outcome)

const evidenceOf = (taken: readonly TakenStep[]): Step['because'] => [...mergeRefs(taken.map(({ step }) => step.because))]

/** One stage over several parts: one sentence where all say the same, else each part's own. */
const mergeStage = (stage: Stage, first: Step, taken: readonly TakenStep[]): Step => {
  if (taken.every(({ step }) => step === first) && first.because.length <= mostEvidence) return first
  if (!taken.every(({ step }) => isAlike(step, first))) return sumUp(stage, first, taken)
  return { ...first, message: alike(taken), because: evidenceOf(taken) }
}

/** Parts that end alike for reasons of their own: the first one's sentence stands for them all, where there are many. */
const alike = (taken: readonly TakenStep[]): string => {
  const sentences: string[] = []
  for (const { step } of taken) {
    if (!sentences.includes(step.message)) sentences.push(step.message)
    if (sentences.length > 2) return `${sentences[0]}; and alike for ${taken.reduce((sum, { by }) => sum + by.count, 0) - 1} more`
  }
  return sentences.join('; ')
}

/** Some endpoints are dialled directly and some through gateways, and all of that works. */
const isMixedWay = (taken: readonly TakenStep[]): boolean =>
  taken.some(({ step }) => step.reason === 'DIRECT') && taken.every(({ step }) => step.reason === 'DIRECT' || step.reason === 'VIA_GATEWAY')

/** What each kind of outcome is and for whom: as many sentences as there are reasons, however many parts. */
const sumUp = (stage: Stage, first: Step, taken: readonly TakenStep[]): Step => {
  const kinds: TakenStep[][] = []
  for (const one of taken) {
    const kind = kinds.find(([known]) => known !== undefined && isAlike(known.step, one.step))
    if (kind === undefined) kinds.push([one])
    else kind.push(one)
  }
  const failing = taken.find(({ step }) => step.outcome === 'STOPPED' || step.outcome === 'UNDETERMINED')?.step ?? first
  return {
    stage,
    outcome: taken.every(({ step }) => step.outcome === first.outcome) ? first.outcome : 'CONDITIONAL',
    reason: isMixedWay(taken) ? 'DIRECT_AND_VIA_GATEWAY' : failing.reason,
    message: kinds.map((kind) => `${nameSome(kind.map(({ by }) => by))}: ${alike(kind)}`).join('; '),
    because: evidenceOf(taken),
  }
}

const mostNamed = 3

const nameSome = (parts: readonly TakenSteps[]): string => {
  const labels: string[] = []
  for (const part of parts) if (labels.length < mostNamed) labels.push(...part.labels())
  const named = labels.slice(0, mostNamed).join(', ')
  const more = parts.reduce((sum, { count }) => sum + count, 0) - mostNamed
  return more > 0 ? `${named} and ${more} more` : named
}

/** The steps of several parts as one list in the order of the stages. */
export const mergeSteps = (parts: readonly TakenSteps[]): readonly Step[] => {
  const [only] = parts
  if (only === undefined) return []
  if (parts.length === 1) return only.steps
  const byStage = new Map<Stage, TakenStep[]>()
  for (const by of parts) {
    for (const step of by.steps) {
      const present = byStage.get(step.stage)
      if (present === undefined) byStage.set(step.stage, [{ step, by }])
      else present.push({ step, by })
    }
  }
  return stages.flatMap((stage) => {
    const taken = byStage.get(stage)
    const first = taken?.[0]
    return taken === undefined || first === undefined ? [] : mergeStage(stage, first.step, taken)
  })
}
