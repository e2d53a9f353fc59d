import Type, { type Static } from 'typebox'
import type { ReasonCode } from './reasons.js'
import { ResourceRef } from './resource-ref.js'
import { Stage, StepOutcome } from './verdict.js'

/** One stage's part of an answer: `reason` is a code of the register in model/reasons.ts, `message` is for a person. */
export const Step = Type.Object({
  stage: Stage,
  outcome: StepOutcome,
  reason: Type.Unsafe<ReasonCode>(Type.String()),
  message: Type.String(),
  because: Type.Array(ResourceRef),
})
export type Step = Static<typeof Step>

/** What a verdict depends on where the question left it open: `on` names the attribute (`port`, `path`, `header x-user`, `workload` …). */
export const Condition = Type.Object({ on: Type.String(), message: Type.String(), because: Type.Array(ResourceRef) })
export type Condition = Static<typeof Condition>

/** Something the answer took for granted: synthesised, defaulted or not modelled. `code` is UPPER_SNAKE. */
export const Assumption = Type.Object({ code: Type.String(), message: Type.String(), because: Type.Array(ResourceRef) })
export type Assumption = Static<typeof Assumption>

/** A change that would turn the verdict; `manifest` is YAML where the change can be said as an object. */
export const Remedy = Type.Object({
  summary: Type.String(),
  cluster: Type.Union([Type.String(), Type.Null()]),
  manifest: Type.Union([Type.String(), Type.Null()]),
})
export type Remedy = Static<typeof Remedy>
