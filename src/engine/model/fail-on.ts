import Type, { type Static } from 'typebox'
import type { Report } from './report.js'

/** From what on a report is a failure for who asked; its verdict stays what it is. `new-error` needs a baseline. */
export const FailOn = Type.Enum(['error', 'warning', 'new-error', 'never'])
export type FailOn = Static<typeof FailOn>

/** An assertion that does not hold and should is as grave as an error, and never an old one. */
export function isFailure({ verdict, findings, summary }: Report, failOn: FailOn = 'error'): boolean {
  if (failOn === 'never') return false
  if (failOn === 'error') return verdict === 'FAIL'
  if (failOn === 'warning') return verdict !== 'PASS'
  const { failed, undetermined } = summary.assertions
  return failed + undetermined > 0 || findings.some(({ severity, change }) => severity === 'ERROR' && change === 'NEW')
}
