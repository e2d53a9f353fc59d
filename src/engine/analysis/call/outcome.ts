import type { Assumption, Condition, Step } from '../../model/step.js'
import type { ReasonCode } from '../../model/reasons.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Stage, StepOutcome } from '../../model/verdict.js'
import { distinctRefs } from './distinct-refs.js'
import type { Look } from './look.js'

/** What a stage returns: a step for the trace and, unless it stopped the call, input for the next stage. */
export type Outcome<T> = {
  readonly step: Step
  readonly assumptions: readonly Assumption[]
  /** Set where the stage looked at more of an instance than its kind. */
  readonly lookedAt?: readonly Look[]
} & (
  | { readonly passed: true; readonly value: T; readonly conditions: readonly Condition[] }
  | { readonly passed: false; readonly because: 'STOPPED' | 'UNDETERMINED' }
)

/** What a stage has to say: the code, the sentence and the objects behind it. */
export interface Said {
  readonly reason: ReasonCode
  readonly message: string
  readonly because: readonly ResourceRef[]
}

export const stepOf = (stage: Stage, outcome: StepOutcome, said: Said): Step => ({
  stage,
  outcome,
  reason: said.reason,
  message: said.message,
  because: distinctRefs(said.because),
  hop: null,
})

/** The call goes on; conditions make the step CONDITIONAL. */
export const goOn = <T>(
  stage: Stage,
  value: T,
  said: Said,
  more: { readonly conditions?: readonly Condition[]; readonly assumptions?: readonly Assumption[]; readonly outcome?: StepOutcome } = {},
): Outcome<T> => {
  const conditions = more.conditions ?? []
  const outcome = more.outcome ?? (conditions.length > 0 ? 'CONDITIONAL' : 'PASSED')
  return { passed: true, value, conditions, assumptions: more.assumptions ?? [], step: stepOf(stage, outcome, said) }
}

/** The call ends here. */
export const stop = (stage: Stage, said: Said, assumptions: readonly Assumption[] = []): Outcome<never> => ({
  passed: false,
  because: 'STOPPED',
  assumptions,
  step: stepOf(stage, 'STOPPED', said),
})

/** Something that decides is missing; the message names it. */
export const undetermined = (
  stage: Stage,
  message: string,
  because: readonly ResourceRef[] = [],
  assumptions: readonly Assumption[] = [],
): Outcome<never> => ({
  passed: false,
  because: 'UNDETERMINED',
  assumptions,
  step: stepOf(stage, 'UNDETERMINED', { reason: 'INPUT_MISSING', message, because }),
})
