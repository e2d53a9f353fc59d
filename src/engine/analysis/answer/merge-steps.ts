import type { ResourceRef } from '../../model/resource-ref.js'
import type { Step } from '../../model/step.js'
import { type Stage, Stage as stageSchema } from '../../model/verdict.js'
import { isSameRef } from '../call/distinct-refs.js'

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

/** One stage over several parts: one sentence where all say the same, else one for each reason. */
const mergeStage = (first: Step, taken: readonly TakenStep[]): Step => {
  if (taken.every(({ step }) => step === first) && first.because.length <= mostEvidence) return first
  if (!taken.every(({ step }) => isAlike(step, first))) return sumUp(first, taken)
  const { message, standsFor } = tell(taken, false)
  const step: Step = { ...first, message, because: evidenceOf(taken) }
  if (standsFor !== undefined) Object.defineProperty(step, spoken, { value: standsFor })
  return step
}

/** A sentence that stands for others, and for how many steps in all: merging merged steps adds up what they stand for. */
interface Spoken {
  readonly sentence: string
  readonly count: number
}

/** Merged steps carry it where nobody else looks: it is no part of an answer, and a step made from one does not take it along. */
const spoken = Symbol('spoken')

const cutIn = (step: Step): Spoken | undefined => (step as { readonly [spoken]?: Spoken })[spoken]

const spokenIn = ({ step, by }: TakenStep): Spoken => cutIn(step) ?? { sentence: step.message, count: by.count }

interface Told {
  readonly message: string
  /** Set where the message is cut short. */
  readonly standsFor: Spoken | undefined
}

/** Parts that end alike say one or two sentences; of more, the first one's stands for them all. */
const tell = (taken: readonly TakenStep[], named: boolean): Told => {
  const speakers = speakersOf(taken)
  const name = (parts: readonly TakenSteps[]): string => (named ? `${nameSome(parts)}: ` : '')
  const isCut = taken.some(({ step }) => cutIn(step) !== undefined)
  const [first] = speakers
  if (first === undefined || (speakers.size < 3 && !isCut)) {
    return { message: [...speakers].map(([sentence, parts]) => `${name(parts)}${sentence}`).join('; '), standsFor: undefined }
  }
  // A part's steps of one stage follow each other.
  const parts = taken.filter(({ by }, index) => by !== taken[index - 1]?.by)
  const count = parts.reduce((sum, one) => sum + spokenIn(one).count, 0)
  const more = count - (isCut ? 1 : countOf(first[1]))
  const [sentence] = first
  return { message: `${name(parts.map(({ by }) => by))}${sentence}; and alike for ${more} more`, standsFor: { sentence, count } }
}

/** Who says what. */
const speakersOf = (taken: readonly TakenStep[]): ReadonlyMap<string, readonly TakenSteps[]> => {
  const speakers = new Map<string, TakenSteps[]>()
  for (const one of taken) {
    const { sentence } = spokenIn(one)
    const known = speakers.get(sentence)
    if (known === undefined) speakers.set(sentence, [one.by])
    else if (known.at(-1) !== one.by) known.push(one.by)
  }
  return speakers
}

/** Some endpoints are dialled directly and some through gateways, and all of that works. */
const isMixedWay = (taken: readonly TakenStep[]): boolean =>
  taken.some(({ step }) => step.reason === 'DIRECT') && taken.every(({ step }) => step.reason === 'DIRECT' || step.reason === 'VIA_GATEWAY')

/** What each kind of outcome is and for whom: as many sentences as there are reasons, however many parts. */
const sumUp = (first: Step, taken: readonly TakenStep[]): Step => {
  const kinds: TakenStep[][] = []
  for (const one of taken) {
    const kind = kinds.find(([known]) => known !== undefined && isAlike(known.step, one.step))
    if (kind === undefined) kinds.push([one])
    else kind.push(one)
  }
  const failing = taken.find(({ step }) => step.outcome === 'STOPPED' || step.outcome === 'UNDETERMINED')?.step ?? first
  return {
    stage: first.stage,
    outcome: taken.every(({ step }) => step.outcome === first.outcome) ? first.outcome : 'CONDITIONAL',
    reason: isMixedWay(taken) ? 'DIRECT_AND_VIA_GATEWAY' : failing.reason,
    message: kinds.map((kind) => tell(kind, true).message).join('; '),
    because: evidenceOf(taken),
  }
}

const mostNamed = 3

const countOf = (parts: readonly TakenSteps[]): number => parts.reduce((sum, { count }) => sum + count, 0)

const nameSome = (parts: readonly TakenSteps[]): string => {
  const labels: string[] = []
  for (const part of parts) if (labels.length < mostNamed) labels.push(...part.labels())
  const named = labels.slice(0, mostNamed).join(', ')
  const more = countOf(parts) - mostNamed
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
    return taken === undefined || first === undefined ? [] : mergeStage(first.step, taken)
  })
}
