import Type, { type Static } from 'typebox'

/** Answer to "can this call be made?"; UNDETERMINED means that a missing input decides. */
export const Verdict = Type.Enum(['REACHABLE', 'UNREACHABLE', 'AMBIGUOUS', 'UNDETERMINED'])
export type Verdict = Static<typeof Verdict>

/** Answer to "do these two identities accept each other?". */
export const TrustVerdict = Type.Enum(['TRUSTED', 'NOT_TRUSTED', 'AMBIGUOUS', 'UNDETERMINED'])
export type TrustVerdict = Static<typeof TrustVerdict>

/** The stages of a call in the order in which a proxy works. */
export const Stage = Type.Enum([
  'NAME',
  'SCOPE',
  'ROUTE',
  'DISCOVERY',
  'NETWORK',
  'NETWORK_POLICY',
  'TRANSPORT',
  'TRUST',
  'AUTHORIZATION',
  'DISTRIBUTION',
])
export type Stage = Static<typeof Stage>

/** How one stage ended. */
export const StepOutcome = Type.Enum(['PASSED', 'STOPPED', 'CONDITIONAL', 'UNDETERMINED', 'NOT_MODELLED', 'NOT_APPLICABLE'])
export type StepOutcome = Static<typeof StepOutcome>
