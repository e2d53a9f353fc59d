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

/** What nearly had a say in a step, and why it had none: an object, the place in it, and a sentence. */
export const NearMiss = Type.Object({
  resource: ResourceRef,
  path: Type.Union([Type.String(), Type.Null()]),
  why: Type.String(),
})
export type NearMiss = Static<typeof NearMiss>

/** One stage's part of an answer: `reason` is a code of the register in model/reasons.ts, `message` is for a person; `hop` is null where no packet has left yet; `nearMisses` are at most five, the most telling first, `help` is the page of the code. */
export const Step = Type.Object({
  stage: Stage,
  outcome: StepOutcome,
  reason: Type.Unsafe<ReasonCode>(Type.String()),
  message: Type.String(),
  because: Type.Array(ResourceRef),
  nearMisses: Type.Array(NearMiss),
  help: Type.String(),
  hop: Type.Union([Hop, Type.Null()]),
})
export type Step = Static<typeof Step>

/** What a verdict depends on where the question left it open: `code` is one of the register in model/conditions.ts, `on` names what (`port`, `path`, `header x-user`, `workload` …). */
export const ToldCondition = Type.Object({
  code: Type.Unsafe<ConditionCode>(Type.String()),
  on: Type.String(),
  message: Type.String(),
  because: Type.Array(ResourceRef),
  help: Type.String(),
})
export type ToldCondition = Static<typeof ToldCondition>
/** The same before anybody is told of it. */
export type Condition = Omit<ToldCondition, 'help'>

/**
 * Something the answer took for granted: synthesised, defaulted or not modelled. `code` is one of the register in model/assumptions.ts.
 *
 * `general`: it holds for the topology as a whole, and so for other answers too.
 */
export const ToldAssumption = Type.Object({
  code: Type.Unsafe<AssumptionCode>(Type.String()),
  message: Type.String(),
  because: Type.Array(ResourceRef),
  general: Type.Boolean(),
  help: Type.String(),
})
export type ToldAssumption = Static<typeof ToldAssumption>
/** The same before anybody is told of it. */
export type Assumption = Omit<ToldAssumption, 'general' | 'help'> & { readonly general?: boolean }

/** What a change opens besides what it is for: how many callers and calls, and three of them; `complete`: false where not all were looked at. */
export const AlsoOpens = Type.Object({
  count: Type.Integer(),
  examples: Type.Array(Type.String()),
  complete: Type.Boolean(),
})
export type AlsoOpens = Static<typeof AlsoOpens>

/**
 * A change that would turn the verdict; `manifest` is YAML where the change can be said as an object, to be applied in `cluster`, whose Istio objects
 * `controlPlane` reads. `alsoOpens` is null unless it was asked for.
 */
export const Remedy = Type.Object({
  summary: Type.String(),
  cluster: Type.Union([Type.String(), Type.Null()]),
  controlPlane: Type.Union([Type.String(), Type.Null()]),
  manifest: Type.Union([Type.String(), Type.Null()]),
  alsoOpens: Type.Union([AlsoOpens, Type.Null()]),
})
export type Remedy = Static<typeof Remedy>
