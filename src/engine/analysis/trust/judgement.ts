import { leastOf } from '../../least-of.js'
import { flatMap } from '../../flat-map.js'
import { helpOf } from '../answer/help-of.js'
import type { ReasonCode } from '../../model/reasons.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Assumption, Step } from '../../model/step.js'
import type { TrustVerdict } from '../../model/verdict.js'
import { distinctRefs } from '../call/distinct-refs.js'

/** One side's opinion on one aspect of the other's certificate. */
export interface Judgement {
  readonly verdict: TrustVerdict
  readonly reason: ReasonCode
  readonly message: string
  readonly because: readonly ResourceRef[]
  readonly assumptions: readonly Assumption[]
  /** Milliseconds since the epoch; undefined when no certificate was looked at. */
  readonly validUntil?: number
}

export const judged = (
  verdict: TrustVerdict,
  reason: ReasonCode,
  message: string,
  because: readonly ResourceRef[] = [],
  assumptions: readonly Assumption[] = [],
): Judgement => ({ verdict, reason, message, because, assumptions })

const outcomes = { TRUSTED: 'PASSED', NOT_TRUSTED: 'STOPPED', AMBIGUOUS: 'CONDITIONAL', UNDETERMINED: 'UNDETERMINED' } as const

const unchecked = new Set<string>(['NAME_NOT_CHECKED', 'TRUST_DOMAIN_NOT_CHECKED'])

export const trustStep = (judgement: Judgement): Step => ({
  stage: 'TRUST',
  outcome: unchecked.has(judgement.reason) ? 'NOT_APPLICABLE' : outcomes[judgement.verdict],
  reason: judgement.reason,
  message: judgement.message,
  because: distinctRefs(judgement.because),
  nearMisses: [],
  help: helpOf(judgement.reason),
  hop: null,
})

/** All must hold: one refusal decides, then one unknown. */
export const worst = (judgements: readonly Judgement[]): Judgement | undefined => {
  for (const verdict of ['NOT_TRUSTED', 'UNDETERMINED', 'AMBIGUOUS'] as const) {
    const found = judgements.find((judgement) => judgement.verdict === verdict)
    if (found !== undefined) return found
  }
  return judgements[0]
}

/** The earliest end of anything these rest on. */
export const earliest = (judgements: readonly Judgement[]): number | undefined => {
  const ends = flatMap(judgements, ({ validUntil }) => validUntil ?? [])
  return ends.length === 0 ? undefined : leastOf(ends)
}
