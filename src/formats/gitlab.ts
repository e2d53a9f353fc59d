import { pausing } from '#engine/pause'
import type { Format } from './format.js'
import { type Issue, issuesOf } from './issue.js'
import { jsonPieces } from './json-pieces.js'

const severities = { ERROR: 'critical', WARNING: 'minor', INFO: 'info' } as const

/** GitLab’s code quality report, a list in Code Climate’s form: each entry needs a file, so that what has none stands at the document. */
export const gitlab: Format = {
  name: 'gitlab',
  says: 'a code quality report for GitLab',
  mediaType: 'application/json',
  isAccepted: false,
  *pieces({ report, base }) {
    yield* jsonPieces(Array.from(pausing(issuesOf(report, base)), entryOf))
    yield '\n'
  },
}

const entryOf = ({ code, severity, message, about, file, line, fingerprint }: Issue): object => ({
  type: 'issue',
  description: about === '' || code === 'ASSERTION_FAILED' ? message : `${about}: ${message}`,
  check_name: code,
  categories: ['Bug Risk'],
  fingerprint,
  severity: severities[severity],
  location: { path: file ?? 'topology.yaml', lines: { begin: line ?? 1 } },
})
