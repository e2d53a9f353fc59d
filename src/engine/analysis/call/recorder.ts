import { flatMap } from '../../flat-map.js'
import { pause } from '../../pause.js'
import type { Assumption, Condition, Hop } from '../../model/step.js'
import { changedStep, type UntoldStep } from './untold-step.js'
import { allLooks, joinLooks, type Look } from './look.js'
import type { Outcome } from './outcome.js'

/** What a trace has gathered so far; each stage's outcome is recorded whether it passed or not. */
export interface Recorder {
  readonly steps: readonly UntoldStep[]
  readonly assumptions: readonly Assumption[]
  readonly conditions: readonly Condition[]
  readonly lookedAt: readonly Look[]
}

const none: readonly never[] = []

export const emptyRecorder: Recorder = { steps: [], assumptions: [], conditions: [], lookedAt: [] }

/** A stage that judges several legs says itself which one it speaks of. */
const onLeg = (step: UntoldStep, hop: Hop): UntoldStep => (step.hop === null ? changedStep(step, { hop }) : step)

/**
 * The recorder with one more outcome; recorders are values, so that alternatives branch from one another freely. `hop`: the leg it is about.
 * Between two stages the trace may be put down.
 */
export const record = (recorder: Recorder, outcome: Outcome<unknown>, hop?: Hop): Recorder => {
  pause()
  return {
    steps: [...recorder.steps, hop === undefined ? outcome.step : onLeg(outcome.step, hop)],
    assumptions: outcome.assumptions.length === 0 ? recorder.assumptions : [...recorder.assumptions, ...outcome.assumptions],
    conditions: outcome.conditions.length === 0 ? recorder.conditions : [...recorder.conditions, ...outcome.conditions],
    lookedAt: joinLooks(recorder.lookedAt, outcome.lookedAt),
  }
}

/** What several outcomes say of one leg, one after the other. */
export const recordAll = (hop: Hop, ...outcomes: readonly Outcome<unknown>[]): Recorder => {
  pause()
  return {
    steps: outcomes.map(({ step }) => onLeg(step, hop)),
    assumptions: join(outcomes, ({ assumptions }) => assumptions),
    conditions: join(outcomes, ({ conditions }) => conditions),
    lookedAt: allLooks(outcomes.map(({ lookedAt }) => lookedAt)),
  }
}

/** Most outcomes have nothing to add. */
const join = <T>(outcomes: readonly Outcome<unknown>[], listOf: (outcome: Outcome<unknown>) => readonly T[]): readonly T[] =>
  outcomes.some((outcome) => listOf(outcome).length > 0) ? flatMap(outcomes, listOf) : none
