import Type, { type Static } from 'typebox'
import { AssertionResult, Finding, Report } from './report.js'
import { Compatibility } from './stored/stored-version.js'

/** May it ship? UNDETERMINED: nothing forbids it that is known, and something that decides is not. */
export const CheckVerdict = Type.Enum(['PASS', 'FAIL', 'UNDETERMINED'])
export type CheckVerdict = Static<typeof CheckVerdict>

/** Why a candidate passes or does not, one row a reason; `effect` is what it makes of the verdict by itself. */
export const CheckReason = Type.Object({
  effect: CheckVerdict,
  code: Type.Enum(['ERROR_NEW', 'ERROR_UNCHANGED', 'ASSERTION_FAILED', 'ASSERTION_UNDETERMINED', 'ASSERTION_EXPECTED_TO_FAIL']),
  message: Type.String(),
  finding: Type.Optional(Type.Object({ code: Type.String(), fingerprint: Type.String() })),
  assertion: Type.Optional(Type.String({ description: 'name of the assertion' })),
})
export type CheckReason = Static<typeof CheckReason>

/** A candidate against a stored version: what it would bring, and whether it may. */
export const Check = Type.Object({
  verdict: CheckVerdict,
  reasons: Type.Array(CheckReason),
  against: Type.Object({ topology: Type.String(), number: Type.Integer(), contentHash: Type.String() }),
  compatibility: Compatibility,
  report: Report,
  assertions: Type.Array(AssertionResult, { description: 'those of the report' }),
  new: Type.Array(Finding, { description: 'findings of the report that the version does not have' }),
})
export type Check = Static<typeof Check>

/** FAIL with a new ERROR or a failed assertion; else UNDETERMINED if an assertion is; else PASS. The report knows what is new. */
export function judgeCandidate(report: Report): Omit<Check, 'against' | 'compatibility'> {
  const reasons = [
    ...report.findings.filter(({ severity }) => severity === 'ERROR').map(reasonOfError),
    ...report.assertions.flatMap(reasonOfAssertion),
  ].toSorted((a, b) => rank[a.effect] - rank[b.effect])
  const added = report.findings.filter(({ change }) => change === 'NEW')
  return { verdict: reasons[0]?.effect ?? 'PASS', reasons, report, assertions: report.assertions, new: added }
}

const rank = { FAIL: 0, UNDETERMINED: 1, PASS: 2 } as const

const reasonOfError = ({ code, message, change, fingerprint = '' }: Finding): CheckReason => ({
  ...(change === 'UNCHANGED' ? { effect: 'PASS', code: 'ERROR_UNCHANGED' } : { effect: 'FAIL', code: 'ERROR_NEW' }),
  message,
  finding: { code, fingerprint },
})

function reasonOfAssertion({ name, outcome, message, problem }: AssertionResult): readonly CheckReason[] {
  const told = { message: message ?? problem?.message ?? '', assertion: name }
  if (outcome === 'FAILED') return [{ effect: 'FAIL', code: 'ASSERTION_FAILED', ...told }]
  if (outcome === 'UNDETERMINED') return [{ effect: 'UNDETERMINED', code: 'ASSERTION_UNDETERMINED', ...told }]
  return outcome === 'EXPECTED' ? [{ effect: 'PASS', code: 'ASSERTION_EXPECTED_TO_FAIL', ...told }] : []
}
