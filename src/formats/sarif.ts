import { pausing } from '#engine/pause'
import type { Finding } from '#engine/model/report'
import type { Format } from './format.js'
import { jsonPieces } from './json-pieces.js'
import { type Issue, issuesOf, ofFinding } from './issue.js'
import { type Told, verdictOf } from './told.js'

const levels = { ERROR: 'error', WARNING: 'warning', INFO: 'note' } as const

/** SARIF 2.1.0, as code scanning takes it: every rule with its page, what is new where there is a baseline, and what was accepted. */
export const sarif: Format = {
  name: 'sarif',
  says: 'SARIF 2.1.0 for code scanning',
  mediaType: 'application/sarif+json',
  isAccepted: true,
  aroundFinding: 300,
  *pieces(told) {
    const { report, version, base } = told
    const { suppressed = [], fixed = [] } = report
    const issues = issuesOf(report, base)
    const codes = [...new Set(Array.from(pausing([...issues, ...suppressed, ...fixed]), ({ code }) => code))].toSorted()
    const resultOf = resultsBy(codes)
    const run = {
      tool: { driver: { name: 'Sightline', version, semanticVersion: version, rules: codes.map((code) => ruleOf(told, code)) } },
      invocations: [{ executionSuccessful: true }],
      columnKind: 'utf16CodeUnits',
      results: [
        ...Array.from(pausing(issues), resultOf),
        ...Array.from(pausing(suppressed), (finding) => ({ ...resultOf(ofFinding(finding, base)), suppressions: [{ kind: 'external' }] })),
        ...Array.from(pausing(fixed), (finding) => ({ ...resultOf(ofFinding(finding, base)), baselineState: 'absent' })),
      ],
      properties: { verdict: verdictOf(told), summary: report.summary },
    }
    const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }
    yield* jsonPieces(log)
    yield '\n'
  },
}

/** What its page says: the title, the first paragraph, and all of it as help. */
function ruleOf({ pageOf }: Told, code: string): object {
  const page = pageOf(code)
  if (page === undefined) return { id: code }
  const [title = '', , ...paragraphs] = page.split(/\n{2,}/)
  const name = title.replace(`# ${code}`, '').trim()
  const summary = (paragraphs[0] ?? '').replaceAll(/\s+/g, ' ').trim()
  return {
    id: code,
    ...(name === '' ? {} : { name }),
    ...(summary === '' ? {} : { shortDescription: { text: summary } }),
    help: { text: page, markdown: page },
  }
}

const resultsBy =
  (codes: readonly string[]) =>
  ({ code, severity, message, about, file, line, fingerprint, change, reason }: Issue): object => ({
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file ?? 'topology.yaml'), uriBaseId: '%SRCROOT%' },
          region: { startLine: Math.max(line ?? 1, 1) },
        },
        ...(about === '' ? {} : { logicalLocations: [{ fullyQualifiedName: about, kind: 'resource' }] }),
      },
    ],
    partialFingerprints: { 'sightline/v1': fingerprint },
    ...(change === undefined ? {} : { baselineState: states[change] }),
    ...(reason === undefined ? {} : { properties: { reason, help: `/reasons/${reason}` } }),
  })

const states: Readonly<Record<NonNullable<Finding['change']>, string>> = { NEW: 'new', UNCHANGED: 'unchanged' }

/** A relative reference: what a path may hold and an address may not is escaped. */
const uriOf = (file: string): string => file.split('/').map(encodeURIComponent).join('/')
