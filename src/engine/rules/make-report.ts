import { pause } from '../pause.js'
import { shortText } from '../model/short-text.js'
import type { AssertionOutcome, AssertionResult, AssertionSummary, Finding, Report } from '../model/report.js'
import type { Watch } from '../model/work-signal.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { allRules } from './all-rules.js'
import type { Originals } from './originals.js'
import type { Breach, Rule } from './rule.js'
import { withFingerprints } from './with-fingerprints.js'
import { findSuppression } from './find-suppression.js'
import { statedSuppressions } from './suppressions/stated-suppressions.js'

const rank = { ERROR: 0, WARNING: 1, INFO: 2 } as const

/** Makes the findings of a rule, which share what the rule says of all of them. */
function findingsOf(rule: Rule): (breach: Breach) => Finding {
  const help = `/rules/${rule.code}`
  return ({ on, message, severity = rule.severity, istio = rule.istio, kiali = rule.kiali }) => ({
    code: rule.code,
    severity,
    message: shortText(message),
    resource: { cluster: on.cluster, kind: on.kind, namespace: on.namespace, name: on.name },
    path: on.path === null ? null : shortText(on.path),
    source: on.source,
    istio,
    kiali,
    help,
  })
}

const countObjects = (snapshot: Snapshot): Record<string, number> => {
  const counts = new Map<string, number>([
    ['clusters', snapshot.clusters.size],
    ['networks', snapshot.networks.length],
    ['controlPlanes', snapshot.controlPlanes.size],
    ['meshes', snapshot.meshes.length],
  ])
  for (const cluster of snapshot.clusters.values()) {
    for (const [kind, count] of Object.entries(cluster.resources.counts)) counts.set(kind, (counts.get(kind) ?? 0) + count)
  }
  return Object.fromEntries(counts)
}

/** It does not hold, and should. */
const mattersNow = ({ outcome }: AssertionResult): boolean => outcome === 'FAILED' || outcome === 'UNDETERMINED'

const countAssertions = (assertions: readonly AssertionResult[]): AssertionSummary => {
  const count = (wanted: AssertionOutcome): number => assertions.filter(({ outcome }) => outcome === wanted).length
  return { passed: count('PASSED'), failed: count('FAILED'), undetermined: count('UNDETERMINED'), expected: count('EXPECTED') }
}

const verdictOf = (findings: readonly Finding[], assertions: readonly AssertionResult[]): Report['verdict'] => {
  if (findings.some(({ severity }) => severity === 'ERROR') || assertions.some(mattersNow)) return 'FAIL'
  return findings.some(({ severity }) => severity === 'WARNING') ? 'WARN' : 'PASS'
}

/** Told of each finding as it is found; an AppError that it throws ends the work, as one does that comes out of a pause. */
export type Found = (finding: Finding) => void

interface Search {
  /** Milliseconds since the epoch. */
  readonly at?: number
  readonly originals?: Originals | undefined
  readonly watch?: Watch | undefined
  readonly onFound?: Found | undefined
}

/** Every breach of the rules (all of them unless said otherwise) in a snapshot, in the rules' order. */
export const findBreaches = (snapshot: Snapshot, rules: readonly Rule[] = allRules, search: Search = {}): Finding[] => [
  ...breachesOf(snapshot, rules, search),
]

function* breachesOf(
  snapshot: Snapshot,
  rules: readonly Rule[],
  { at, originals, watch = unwatched, onFound = unwatched }: Search,
): Generator<Finding> {
  for (const [position, rule] of rules.entries()) {
    watch(position, rules.length)
    pause()
    const findingOf = findingsOf(rule)
    for (const breach of rule.check(snapshot, at, originals)) {
      pause()
      const finding = findingOf(breach)
      onFound(finding)
      yield finding
    }
  }
  watch(rules.length, rules.length)
}

const unwatched = (): void => {}

/**
 * The report on a document: what was noted while it was read, the breaches of every rule, and its assertions.
 *
 * `at` is the moment at which suppressions expire and certificates are judged, milliseconds since the epoch. Without the originals, rules
 * about what was written say nothing.
 */
export const makeReport = (
  snapshot: Snapshot,
  notes: readonly Finding[],
  assertions: readonly AssertionResult[],
  at: number,
  originals?: Originals,
  watch?: Watch,
  onFound?: Found,
): Report => {
  const all = withFingerprints(notes, breachesOf(snapshot, allRules, { at, originals, watch, onFound }))
  const suppressionOf = findSuppression(
    statedSuppressions(snapshot).suppressions.map(({ accepts }) => accepts),
    at,
  )
  const suppressed = all.filter((finding) => suppressionOf(finding) !== undefined)
  const accepted = new Set(suppressed)
  const findings = all.filter((finding) => !accepted.has(finding)).sort((a, b) => rank[a.severity] - rank[b.severity])
  const count = (severity: Finding['severity']): number => findings.filter((finding) => finding.severity === severity).length
  return {
    verdict: verdictOf(findings, assertions),
    summary: {
      error: count('ERROR'),
      warning: count('WARNING'),
      info: count('INFO'),
      suppressed: suppressed.length,
      assertions: countAssertions(assertions),
    },
    findings,
    ...(suppressed.length === 0 ? {} : { suppressed }),
    assertions: [...assertions],
    counts: countObjects(snapshot),
  }
}
