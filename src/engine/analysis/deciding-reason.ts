import type { ReasonCode } from '../model/reasons.js'
import type { Verdict } from '../model/verdict.js'

/** The reason of the part that decided: where it is not plain success, the first one that is not. */
export const decidingReason = (
  verdict: Verdict,
  parts: readonly { readonly verdict: Verdict; readonly reason: ReasonCode }[],
): ReasonCode => {
  const wanted: readonly Verdict[] = verdict === 'AMBIGUOUS' ? ['UNREACHABLE', 'AMBIGUOUS'] : [verdict]
  return (parts.find((part) => wanted.includes(part.verdict)) ?? parts[0])?.reason ?? 'INPUT_MISSING'
}
