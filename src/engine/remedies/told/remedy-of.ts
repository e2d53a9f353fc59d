import type { ReasonCode } from '../../model/reasons.js'
import { allProposals } from '../all-proposals.js'
import { withoutProposal, withoutSlip } from './why-no-remedy.js'

/** What is proposed against a stop: what a proposal is for, or why there is none; null: nothing is to be remedied. */
export function remedyOf(code: ReasonCode): string | null {
  const why = withoutProposal[code]
  if (why !== undefined) return `none: ${why}`
  if (!allProposals.some(({ for: codes }) => codes.includes(code))) return null
  const otherwise = withoutSlip[code]
  return otherwise === undefined ? 'proposed' : `proposed where something is mistyped, else none: ${otherwise}`
}
