import type { Finding, Report } from './report.js'

/** What is recognised of an earlier report. */
export type Baseline = Pick<Report, 'findings' | 'suppressed'>

/**
 * The report with what is new against an earlier one: each finding says whether it was there, and those that are gone are listed.
 *
 * A finding that somebody accepted meanwhile, or accepted no longer, was there all the same.
 */
export function withChanges(report: Report, baseline: Baseline): Report {
  const before = fingerprintsOf([...baseline.findings, ...(baseline.suppressed ?? [])])
  const now = fingerprintsOf([...report.findings, ...(report.suppressed ?? [])])
  const changed = (finding: Finding): Finding => ({ ...finding, change: before.has(finding.fingerprint ?? '') ? 'UNCHANGED' : 'NEW' })
  const findings = report.findings.map(changed)
  const suppressed = report.suppressed?.map(changed)
  const fixed = baseline.findings.filter(({ fingerprint = '' }) => !now.has(fingerprint))
  const count = (change: Finding['change']): number => findings.filter((finding) => finding.change === change).length
  const changes = { new: count('NEW'), unchanged: count('UNCHANGED'), fixed: fixed.length }
  return {
    ...report,
    summary: { ...report.summary, changes },
    findings,
    ...(suppressed && { suppressed }),
    fixed: fixed.map(withoutChange),
  }
}

const fingerprintsOf = (findings: readonly Finding[]): ReadonlySet<string> =>
  new Set(findings.flatMap(({ fingerprint }) => fingerprint ?? []))

/** What was new once says nothing of now. */
function withoutChange(finding: Finding): Finding {
  const { change, ...rest } = finding
  return change === undefined ? finding : rest
}
