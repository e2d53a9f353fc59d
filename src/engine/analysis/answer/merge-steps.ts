import { addAll } from '../../add-all.js'
import { flatMap } from '../../flat-map.js'
import { pause } from '../../pause.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import { changedStep, type UntoldStep } from '../call/untold-step.js'
import { type Stage, Stage as stageSchema } from '../../model/verdict.js'
import { isSameRef } from '../call/distinct-refs.js'
import { wordsFrom } from '../call/words.js'

/** A sentence that stands for others, and for how many steps in all: merging merged steps adds up what they stand for. */
export interface Spoken {
  readonly sentence: string
  readonly count: number
}

/** For steps that were merged, what their sentences stand for where these are cut short; found out with the sentence, when that is read. */
export type SpokenFor = ReadonlyMap<UntoldStep, () => Spoken | undefined>

export const nothingSpoken: SpokenFor = new Map()

/** Steps that one or several parts of an answer took; what the parts are called is worked out only where a sentence must tell them apart. */
export interface TakenSteps {
  readonly steps: readonly UntoldStep[]
  /** Of steps among them that were merged before. */
  readonly spoken?: SpokenFor
  readonly count: number
  readonly labels: () => readonly string[]
}

interface TakenStep {
  readonly step: UntoldStep
  readonly by: TakenSteps
}

const stages: readonly Stage[] = stageSchema.enum
const mostEvidence = 12

/** Evidence of several steps, each object once, cut where more would tell nobody anything. */
const mergeRefs = (lists: readonly (readonly ResourceRef[])[]): readonly ResourceRef[] => {
  const merged: ResourceRef[] = []
  // Replicas share their lists: each list is looked at once.
  for (const list of new Set(lists)) {
    pause()
    for (const ref of list) {
      if (merged.length === mostEvidence) return merged
      if (!merged.some((known) => isSameRef(known, ref))) merged.push(ref)
    }
  }
  return merged
}

const isAlike = (a: UntoldStep, b: UntoldStep): boolean => a === b || (a.reason === b.reason && a.outcome === b.outcome)

const evidenceOf = (taken: readonly TakenStep[]): UntoldStep['because'] => [...mergeRefs(taken.map(({ step }) => step.because))]

/** One stage of several parts as one step, and what it stands for where its sentence may be cut short. */
interface MergedStep {
  readonly step: UntoldStep
  readonly standsFor: (() => Spoken | undefined) | undefined
}

/** One stage over several parts: one sentence where all say the same, else one for each reason. */
const mergeStage = (first: UntoldStep, taken: readonly TakenStep[]): MergedStep => {
  pause()
  const [one] = taken
  if (taken.every(({ step }) => step === first) && first.because.length <= mostEvidence)
    return { step: first, standsFor: one?.by.spoken?.get(first) }
  if (!taken.every(({ step }) => isAlike(step, first))) return { step: sumUp(first, taken), standsFor: undefined }
  let told: Told | undefined
  const telling = (): Told => (told ??= tell(taken, false))
  const message = wordsFrom(() => telling().message)
  return { step: changedStep(first, { message, because: evidenceOf(taken), near: nearIn(taken) }), standsFor: () => telling().standsFor }
}

const mostLookedFor = 5

/** What nearly had a say in some of them. */
const nearIn = (taken: readonly TakenStep[]): UntoldStep['near'] => {
  pause()
  if (taken.every(({ step }) => step.near === undefined)) return undefined
  return () => {
    const found = [...new Set(flatMap(taken, ({ step: { near } }) => near ?? []))].slice(0, mostLookedFor)
    return flatMap(found, (near) => near())
  }
}

const cutIn = ({ step, by }: TakenStep): Spoken | undefined => by.spoken?.get(step)?.()

const spokenIn = (taken: TakenStep): Spoken => cutIn(taken) ?? { sentence: String(taken.step.message), count: taken.by.count }

interface Told {
  readonly message: string
  /** Set where the message is cut short. */
  readonly standsFor: Spoken | undefined
}

/** Parts that end alike say one or two sentences; of more, the first one's stands for them all. */
const tell = (taken: readonly TakenStep[], named: boolean): Told => {
  pause()
  const speakers = speakersOf(taken)
  const name = (parts: readonly TakenSteps[]): string => (named ? ` (${nameSome(parts)})` : '')
  const isCut = taken.some((one) => cutIn(one) !== undefined)
  const [first] = speakers
  if (first === undefined || (speakers.size < 3 && !isCut)) {
    return { message: onceEach([...speakers].map(([sentence, parts]) => `${sentence}${name(parts)}`)), standsFor: undefined }
  }
  // A part's steps of one stage follow each other.
  const parts = taken.filter(({ by }, index) => by !== taken[index - 1]?.by)
  let count = 0
  for (const one of parts) {
    pause()
    count += spokenIn(one).count
  }
  const more = count - (isCut ? 1 : countOf(first[1]))
  const [sentence] = first
  return { message: `${sentence}${name(parts.map(({ by }) => by))}; and alike for ${more} more`, standsFor: { sentence, count } }
}

/** Parts that were merged before may say the same as each other; what is quoted is never taken apart. */
function onceEach(sentences: readonly string[]): string {
  const [only] = sentences
  if (only !== undefined && sentences.length === 1 && !only.includes('; ')) return only
  const said = new Set<string>()
  return flatMap(sentences, (sentence) => sentence.split('; '))
    .filter((clause) => {
      pause()
      if (said.has(clause)) return !isWhole(clause)
      said.add(clause)
      return true
    })
    .join('; ')
}

const isWhole = (clause: string): boolean => clause.split('`').length % 2 === 1

/** Who says what. */
const speakersOf = (taken: readonly TakenStep[]): ReadonlyMap<string, readonly TakenSteps[]> => {
  const speakers = new Map<string, TakenSteps[]>()
  for (const one of taken) {
    pause()
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
const sumUp = (first: UntoldStep, taken: readonly TakenStep[]): UntoldStep => {
  const kinds: TakenStep[][] = []
  for (const one of taken) {
    pause()
    const kind = kinds.find(([known]) => known !== undefined && isAlike(known.step, one.step))
    if (kind === undefined) kinds.push([one])
    else kind.push(one)
  }
  const failing = taken.find(({ step }) => step.outcome === 'STOPPED' || step.outcome === 'UNDETERMINED')?.step ?? first
  return {
    stage: failing.stage,
    outcome: taken.every(({ step }) => step.outcome === first.outcome) ? first.outcome : 'CONDITIONAL',
    reason: isMixedWay(taken) ? 'DIRECT_AND_VIA_GATEWAY' : failing.reason,
    message: wordsFrom(() => kinds.map((kind) => tell(kind, true).message).join('; ')),
    because: evidenceOf(taken),
    near: nearIn(taken),
    hop: failing.hop,
  }
}

const mostNamed = 3

const countOf = (parts: readonly TakenSteps[]): number => parts.reduce((sum, { count }) => sum + count, 0)

const nameSome = (parts: readonly TakenSteps[]): string => {
  const labels: string[] = []
  for (const part of parts) if (labels.length < mostNamed) addAll(labels, part.labels())
  const named = labels.slice(0, mostNamed).join(', ')
  const more = countOf(parts) - mostNamed
  return more > 0 ? `${named} and ${more} more` : named
}

/** The steps of several parts as one list, with the one that decided. */
export interface MergedSteps {
  readonly steps: readonly UntoldStep[]
  readonly spoken: SpokenFor
  /** What `decidedBy` became: itself where what it was merged into tells of others as well. */
  readonly decidedBy: UntoldStep | undefined
}

/** The steps of several parts as one list in the order of the stages; where nobody is told them and none of them decided, the first part's stand for all. */
export const mergeSteps = (parts: readonly TakenSteps[], decidedBy?: UntoldStep, tells = true): MergedSteps => {
  const [only] = parts
  if (only === undefined || parts.length === 1 || !(tells || decidedBy))
    return { steps: only?.steps ?? [], spoken: only?.spoken ?? nothingSpoken, decidedBy }
  const byStage = groupByStage(parts)
  const spoken = new Map<UntoldStep, () => Spoken | undefined>()
  let decided = decidedBy
  const steps = flatMap(stages, (stage) => {
    const taken = byStage.get(stage)
    const first = taken?.[0]
    if (taken === undefined || first === undefined) return []
    const { step, standsFor } = mergeStage(first.step, taken)
    if (standsFor !== undefined) spoken.set(step, standsFor)
    if (step.outcome === decidedBy?.outcome && taken.some((one) => one.step === decidedBy)) decided = step
    return [step]
  })
  return { steps, spoken, decidedBy: decided }
}

const groupByStage = (parts: readonly TakenSteps[]): ReadonlyMap<Stage, readonly TakenStep[]> => {
  const byStage = new Map<Stage, TakenStep[]>()
  for (const by of parts) {
    pause()
    for (const step of by.steps) {
      const present = byStage.get(step.stage)
      if (present === undefined) byStage.set(step.stage, [{ step, by }])
      else present.push({ step, by })
    }
  }
  return byStage
}
