import Type, { type Static } from 'typebox'
import type { AssumptionCode } from './assumptions.js'
import type { ConditionCode } from './conditions.js'
import type { ReasonCode } from './reasons.js'
import { ResourceRef } from './resource-ref.js'
import { Stage, StepOutcome } from './verdict.js'

/** Who stands at the end of a leg: a proxy that hands the call on, or, DIRECT, the one whom the call is for. */
export const HopKind = Type.Enum(['DIRECT', 'GATEWAY', 'WAYPOINT'])
export type HopKind = Static<typeof HopKind>

/** One leg of a call on the wire, counted from 0: from whom to whom, as `cluster/namespace/workload`, or an address where nobody is known. */
export const Hop = Type.Object({
  index: Type.Integer(),
  kind: HopKind,
  from: Type.String(),
  to: Type.String(),
})
export type Hop = Static<typeof Hop>

/** One stage's part of an answer: `reason` is a code of the register in model/reasons.ts, `message` is for a person; `hop` is null where no packet has left yet. */
export const Step = Type.Object({
  stage: Stage,
  outcome: StepOutcome,
  reason: Type.Unsafe<ReasonCode>(Type.String()),
  message: Type.String(),
  because: Type.Array(ResourceRef),
  hop: Type.Union([Hop, Type.Null()]),
})
export type Step = Static<typeof Step>

/** What a verdict depends on where the question left it open: `code` is one of the register in model/conditions.ts, `on` names what (`port`, `path`, `header x-user`, `workload` …). */
export const Condition = Type.Object({
  code: Type.Unsafe<ConditionCode>(Type.String()),
  on: Type.String(),
  message: Type.String(),
  because: Type.Array(ResourceRef),
})
export type Condition = Static<typeof Condition>

/** Something the answer took for granted: synthesised, defaulted or not modelled. `code` is one of the register in model/assumptions.ts. */
export const Assumption = Type.Object({
  code: Type.Unsafe<AssumptionCode>(Type.String()),
  message: Type.String(),
  because: Type.Array(ResourceRef),
})
export type Assumption = Static<typeof Assumption>

/** A change that would turn the verdict; `manifest` is YAML where the change can be said as an object. */
export const Remedy = Type.Object({
  summary: Type.String(),
  cluster: Type.Union([Type.String(), Type.Null()]),
  manifest: Type.Union([Type.String(), Type.Null()]),
})
export type Remedy = Static<typeof Remedy>
