import type { Format } from './format.js'
import { issuesOf } from './issue.js'

const severities = { ERROR: 'critical', WARNING: 'minor', INFO: 'info' } as const

/** GitLab’s code quality report, a list in Code Climate’s form: each entry needs a file, so that what has none stands at the document. */
export const gitlab: Format = {
  name: 'gitlab',
  says: 'a code quality report for GitLab',
  mediaType: 'application/json',
  isAccepted: false,
  write: ({ report, base }) =>
    `${JSON.stringify(
      issuesOf(report, base).map(({ code, severity, message, about, file, line, fingerprint }) => ({
        type: 'issue',
        description: about === '' || code === 'ASSERTION_FAILED' ? message : `${about}: ${message}`,
        check_name: code,
        categories: ['Bug Risk'],
        fingerprint,
        severity: severities[severity],
        location: { path: file ?? 'topology.yaml', lines: { begin: line ?? 1 } },
      })),
      null,
      2,
    )}\n`,
}
