import Type, { type Static } from 'typebox'
import type { ReasonCode } from './reasons.js'
import { ToldAssumption, Remedy, Step } from './step.js'
import { TrustVerdict } from './verdict.js'

/** One side verifying the other: the certificate chain, the trust domain, and the expected name. */
export const TrustDirection = Type.Object({ verdict: TrustVerdict, chain: Step, trustDomain: Step, name: Step })
export type TrustDirection = Static<typeof TrustDirection>

/** Whether two identities accept each other in a mutual TLS handshake, in both directions. */
export const IdentityTrust = Type.Object({
  verdict: TrustVerdict,
  reason: Type.Unsafe<ReasonCode>(Type.String()),
  summary: Type.String(),
  clientAcceptsServer: TrustDirection,
  serverAcceptsClient: TrustDirection,
  validUntil: Type.Union([Type.String(), Type.Null()]),
  assumptions: Type.Array(ToldAssumption),
  remedies: Type.Array(Remedy),
})
export type IdentityTrust = Static<typeof IdentityTrust>
