import Type, { type Static } from 'typebox'
import type { ReasonCode } from './reasons.js'
import { ResourceRef } from './resource-ref.js'
import { ToldAssumption, ToldCondition, Remedy, Step } from './step.js'
import { Verdict } from './verdict.js'
import { orNull } from './or-null.js'

/** The gateway that an endpoint is reached through. `network` is the network it leads into. */
export const ViaGateway = Type.Object({
  address: Type.String(),
  port: Type.Integer(),
  network: orNull(Type.String()),
  cluster: orNull(Type.String()),
  because: Type.Array(ResourceRef),
})
export type ViaGateway = Static<typeof ViaGateway>

/**
 * One endpoint of the destination and how far a call to it gets.
 *
 * `share` is the part of the call's traffic that this endpoint takes while all endpoints are healthy (0 … 1); 0 for an
 * endpoint that the client is never given, or that stands behind a better priority.
 */
export const EndpointPath = Type.Object({
  address: orNull(Type.String()),
  port: orNull(Type.Integer()),
  cluster: orNull(Type.String()),
  network: orNull(Type.String()),
  workload: orNull(Type.String()),
  via: orNull(ViaGateway),
  verdict: Verdict,
  reason: Type.Unsafe<ReasonCode>(Type.String()),
  steps: Type.Array(Step),
  priority: orNull(Type.Integer()),
  share: Type.Number(),
})
export type EndpointPath = Static<typeof EndpointPath>

/** The answer to "can this workload call that host?", with its reasons. */
export const Reachability = Type.Object({
  verdict: Verdict,
  reason: Type.Unsafe<ReasonCode>(Type.String()),
  summary: Type.String(),
  steps: Type.Array(Step),
  endpoints: Type.Array(EndpointPath),
  conditions: Type.Array(ToldCondition),
  assumptions: Type.Array(ToldAssumption),
  validUntil: orNull(Type.String()),
  remedies: Type.Array(Remedy),
  /** Why there is no remedy, where the call does not arrive and there is none. */
  noRemedy: orNull(Type.String()),
  /** What the application that calls gets to see, where the call does not arrive and Istio's rules tell it. */
  symptom: orNull(Type.String()),
})
export type Reachability = Static<typeof Reachability>
