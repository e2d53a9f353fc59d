import type { Assumption, Condition, Hop } from '../../model/step.js'
import { changedStep, type FindNear, type UntoldStep } from './untold-step.js'
import type { ReasonCode } from '../../model/reasons.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Stage, StepOutcome } from '../../model/verdict.js'
import { distinctRefs } from './distinct-refs.js'
import { type Look, noLooks } from './look.js'

interface Told {
  readonly step: UntoldStep
  readonly assumptions: readonly Assumption[]
  readonly conditions: readonly Condition[]
  /** At what more of an instance than its kind the stage looked. */
  readonly lookedAt: readonly Look[]
}

export type Passed<T> = Told & { readonly passed: true; readonly value: T; readonly because: undefined }
export type Ended = Told & { readonly passed: false; readonly value: undefined; readonly because: 'STOPPED' | 'UNDETERMINED' }

/**
 * What a stage returns: a step for the trace and, unless it stopped the call, input for the next stage.
 *
 * Made here only, all with the same properties in the same order: every stage reads them, and objects laid out alike are read fast.
 */
export type Outcome<T> = Passed<T> | Ended

const none: readonly never[] = []

export const passedWith = <T>(
  step: UntoldStep,
  value: T,
  conditions: readonly Condition[],
  assumptions: readonly Assumption[],
  lookedAt = noLooks,
): Passed<T> => ({ passed: true, value, because: undefined, step, assumptions, conditions, lookedAt })

export const endedWith = (step: UntoldStep, because: Ended['because'], assumptions: readonly Assumption[], lookedAt = noLooks): Ended => ({
  passed: false,
  value: undefined,
  because,
  step,
  assumptions,
  conditions: none,
  lookedAt,
})

function change<T>(outcome: Outcome<T>, step: UntoldStep, assumptions: Told['assumptions'], lookedAt: Told['lookedAt']): Outcome<T> {
  return outcome.passed
    ? passedWith(step, outcome.value, outcome.conditions, assumptions, lookedAt)
    : endedWith(step, outcome.because, assumptions, lookedAt)
}

/** The same, with more taken for granted. */
export const assuming = <T>(outcome: Outcome<T>, more: readonly Assumption[]): Outcome<T> =>
  more.length === 0 ? outcome : change(outcome, outcome.step, [...outcome.assumptions, ...more], outcome.lookedAt)

/** The same, found by looking at more than kinds. */
export const lookingAt = <T>(outcome: Outcome<T>, looks: readonly Look[]): Outcome<T> =>
  looks.length === 0 ? outcome : change(outcome, outcome.step, outcome.assumptions, looks)

/** What a stage found on this leg. */
export const onHop = <T>(hop: Hop, outcome: Outcome<T>): Outcome<T> =>
  change(outcome, changedStep(outcome.step, { hop }), outcome.assumptions, outcome.lookedAt)

/** The same, with what nearly had a say. */
export const nearing = <T>(outcome: Outcome<T>, near: FindNear): Outcome<T> =>
  change(outcome, changedStep(outcome.step, { near: besides(outcome.step.near, near) }), outcome.assumptions, outcome.lookedAt)

/** What a stage has to say: the code, the sentence and the objects behind it. */
export interface Said {
  readonly reason: ReasonCode
  readonly message: string
  readonly because: readonly ResourceRef[]
  readonly near?: FindNear | undefined
}

export const stepOf = (stage: Stage, outcome: StepOutcome, said: Said): UntoldStep => ({
  stage,
  outcome,
  reason: said.reason,
  message: said.message,
  because: distinctRefs(said.because),
  near: said.near,
  hop: null,
})

const besides = (near: FindNear | undefined, more: FindNear): FindNear => (near === undefined ? more : () => [...near(), ...more()])

/** The call goes on; conditions make the step CONDITIONAL. */
export const goOn = <T>(
  stage: Stage,
  value: T,
  said: Said,
  more: { readonly conditions?: readonly Condition[]; readonly assumptions?: readonly Assumption[]; readonly outcome?: StepOutcome } = {},
): Outcome<T> => {
  const conditions = more.conditions ?? none
  const outcome = more.outcome ?? (conditions.length > 0 ? 'CONDITIONAL' : 'PASSED')
  return passedWith(stepOf(stage, outcome, said), value, conditions, more.assumptions ?? none)
}

/** The call ends here. */
export const stop = (stage: Stage, said: Said, assumptions: readonly Assumption[] = none): Ended =>
  endedWith(stepOf(stage, 'STOPPED', said), 'STOPPED', assumptions)

/** Something that decides is missing; the message names it. */
export const undetermined = (
  stage: Stage,
  message: string,
  because: readonly ResourceRef[] = [],
  assumptions: readonly Assumption[] = none,
): Ended => endedWith(stepOf(stage, 'UNDETERMINED', { reason: 'INPUT_MISSING', message, because }), 'UNDETERMINED', assumptions)
