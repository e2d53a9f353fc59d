/**
 * What a tool shows at a line: the findings of a report, and its assertions that do not hold.
 *
 * An assertion that fails is shown at the object that decided, since that is what somebody changed; where none is known, at the assertion itself.
 */
import { createHash } from 'node:crypto'
import { pausing } from '#engine/pause'
import type { AssertionResult, Finding, Report } from '#engine/model/report'
import type { SourcePlace } from '#engine/model/resource-ref'

export interface Issue {
  readonly code: string
  readonly severity: Finding['severity']
  readonly message: string
  /** The object or the assertion, for a person. */
  readonly about: string
  readonly file: string | null
  readonly line: number | null
  readonly fingerprint: string
  readonly change: Finding['change']
  /** Code of an answer that decided, which has a page of its own. */
  readonly reason?: string | undefined
}

/** The gravest first, as the report has its findings. */
export const issuesOf = (
  { findings, assertions, summary }: Pick<Report, 'findings' | 'assertions' | 'summary'>,
  base = '',
): readonly Issue[] => {
  const failed: Issue[] = []
  for (const assertion of pausing(assertions)) if (!assertion.passed) failed.push(ofAssertion(assertion, summary, base))
  const rank = { ERROR: 0, WARNING: 1, INFO: 2 } as const
  return [...failed, ...Array.from(pausing(findings), (finding) => ofFinding(finding, base))].toSorted(
    (a, b) => rank[a.severity] - rank[b.severity],
  )
}

export const ofFinding = ({ code, severity, message, resource, source, fingerprint, change }: Finding, base = ''): Issue => ({
  code,
  severity,
  message,
  about:
    resource === null ? '' : [resource.cluster, resource.kind, resource.namespace, resource.name].filter((part) => part !== null).join('/'),
  file: fileOf(source, base),
  line: source?.line ?? null,
  fingerprint: fingerprint ?? digestOf(code, message),
  change,
})

/** Nobody knows of what held before: against a baseline, one that does not hold counts as new. */
function ofAssertion(assertion: AssertionResult, { changes }: Report['summary'], base: string): Issue {
  const { name, outcome, source } = assertion
  const place = causeOf(assertion) ?? source
  return {
    code: 'ASSERTION_FAILED',
    severity: outcome === 'EXPECTED' ? 'INFO' : 'ERROR',
    message: describeFailure(assertion),
    about: `assertion ${name}`,
    file: fileOf(place, base),
    line: place?.line ?? null,
    fingerprint: digestOf('ASSERTION_FAILED', name),
    change: changes === undefined ? undefined : 'NEW',
    reason: assertion.trace?.reason ?? assertion.trust?.reason,
  }
}

/** The assertion by its name, and what is so instead. */
export function describeFailure({ name, outcome, until, message, problem, trace, trust }: AssertionResult): string {
  const so =
    outcome === 'EXPECTED' ? `need not hold until ${until ?? ''}` : outcome === 'UNDETERMINED' ? 'is not known to hold' : 'does not hold'
  const why = [message ?? problem?.message, trace?.summary ?? trust?.summary].filter((part) => part !== undefined)
  return `assertion \`${name}\` ${so}: ${[...new Set(why)].join('; ')}`
}

/** As tools compare it with the files of a repository. */
function fileOf(place: SourcePlace | null | undefined, base: string): string | null {
  const file = place?.file ?? null
  return file === null ? null : `${base === '' ? '' : `${base}/`}${file}`.replace(/^(?:\.\/)+/, '')
}

/** The object behind the step that decided, if it is written anywhere. */
function causeOf({ trace }: AssertionResult): SourcePlace | undefined {
  const deciding = trace?.steps.filter(({ reason }) => reason === trace.reason) ?? []
  for (const { because } of deciding) for (const { source } of because) if (source?.file) return source
  return undefined
}

const digestOf = (...words: readonly string[]): string => createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 32)
