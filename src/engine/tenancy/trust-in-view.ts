import type { IdentityTrust, TrustDirection } from '../model/identity-trust.js'
import { reasons } from '../model/reasons.js'
import type { TrustVerdict } from '../model/verdict.js'
import { generalAssumptions, generalStep } from './general-steps.js'
import type { Sight } from './sight.js'

const saying = {
  TRUSTED: 'both accept each other',
  NOT_TRUSTED: 'they do not accept each other',
  AMBIGUOUS: 'whether they accept each other depends on who issued their certificates',
  UNDETERMINED: 'whether they accept each other is not known',
} as const satisfies Readonly<Record<TrustVerdict, string>>

/** Whether two identities accept each other, without anything that is out of view. */
export const trustInView = (sight: Sight, answer: IdentityTrust): IdentityTrust => ({
  verdict: answer.verdict,
  reason: answer.reason,
  summary: `${saying[answer.verdict]}: ${reasons[answer.reason]} (${answer.reason})`,
  clientAcceptsServer: directionInView(sight, answer.clientAcceptsServer),
  serverAcceptsClient: directionInView(sight, answer.serverAcceptsClient),
  validUntil: answer.validUntil,
  assumptions: generalAssumptions(sight, answer.assumptions),
  remedies: [],
})

const directionInView = (sight: Sight, { verdict, chain, trustDomain, name }: TrustDirection): TrustDirection => ({
  verdict,
  chain: generalStep(sight, chain),
  trustDomain: generalStep(sight, trustDomain),
  name: generalStep(sight, name),
})
