import { describe, expect, it } from 'vitest'
import { isFailure } from '#engine/model/fail-on'
import { withChanges } from '#engine/model/with-changes'
import type { Report } from '#engine/model/report'
import { makeReport } from '#engine/rules/make-report'
import { readSuppressions } from '#engine/rules/suppressions/read-suppressions'
import { snapshotOf } from '../../from-yaml.js'

const moment = Date.parse('2026-06-01T00:00:00Z')

/** A policy that selects nothing (AUT101, IST0127) beside a pod, and one more if wanted. */
const reportOn = (annotation: string | undefined, more: readonly object[] = [], suppressions: readonly object[] = []): Report => {
  const annotations = annotation === undefined ? {} : { 'sightline/suppress': annotation }
  const resources = [
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'orders', namespace: 'shop', labels: { app: 'orders' } } },
    policy('readers', annotations),
    ...more,
  ]
  const clusters = [{ name: 'west', controlPlane: { role: 'PRIMARY' }, remoteSecrets: [], resources }]
  return makeReport(snapshotOf(JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters, suppressions })), [], [], moment)
}
const policy = (name: string, annotations: object = {}) => ({
  apiVersion: 'security.istio.io/v1',
  kind: 'AuthorizationPolicy',
  metadata: { name, namespace: 'shop', annotations },
  spec: { selector: { matchLabels: { app: name } }, action: 'DENY', rules: [{}] },
})
const told = ({ findings }: Report) =>
  findings.map(({ code, resource, change }) => [code, resource?.name, ...(change ? [change] : [])].join(' '))

describe('a finding that the object’s own annotation accepts', () => {
  it('is suppressed by our code or by that of another tool, with what was accepted kept in the report', () => {
    expect(told(reportOn(undefined))).toEqual(['AUT101 readers'])
    for (const code of ['AUT101', 'IST0127', 'KIA0004']) {
      const report = reportOn(`${code} reason=later owner=team-shop expires=2026-06-02`)
      expect([told(report), report.summary.suppressed]).toEqual([[], 1])
      expect(report.suppressed).toMatchObject([{ code: 'AUT101', resource: { name: 'readers' } }])
    }
  })

  it('is not by another code, nor on another object', () => {
    expect(told(reportOn('AUT102'))).toEqual(['AUT101 readers'])
    expect(told(reportOn('AUT101', [policy('writers')]))).toEqual(['AUT101 writers'])
  })

  it('is reported again when its time is over, and so is that', () => {
    expect(told(reportOn('AUT101 expires=2026-05-31')).toSorted()).toEqual(['AUT101 readers', 'SUP101 readers'])
  })
})

describe('the annotation', () => {
  it.each([
    ['NET101', [{ code: 'NET101' }]],
    ['NET101 reason=two words owner=ann', [{ code: 'NET101', reason: 'two words', owner: 'ann' }]],
    ['NET101 reason="a; b=c" ; NET102', [{ code: 'NET101', reason: 'a; b=c' }, { code: 'NET102' }]],
    [
      'NET101 expires=2027-01-01\n\n  NET102 owner=x\n',
      [
        { code: 'NET101', expires: '2027-01-01' },
        { code: 'NET102', owner: 'x' },
      ],
    ],
    ['', []],
    [' ; ', []],
  ])('%j is read as what it says', (text, read) => expect(readSuppressions(text)).toEqual(read))

  it('that never ends a quote is read in time', () => {
    expect(readSuppressions(`NET101 reason="${'a '.repeat(20_000)}`)).toHaveLength(1)
    expect(readSuppressions('"'.repeat(20_001)).length).toBeGreaterThan(0)
  })
})

describe('a report against an earlier one', () => {
  it('tells what is new, what was there, and what is gone, whatever line it stands in', () => {
    const before = reportOn(undefined, [policy('writers')])
    const after = withChanges(reportOn(undefined, [policy('others')]), before)
    expect(told(after)).toEqual(['AUT101 others NEW', 'AUT101 readers UNCHANGED'])
    expect(after.fixed?.map(({ resource }) => resource?.name)).toEqual(['writers'])
    expect(after.summary.changes).toEqual({ new: 1, unchanged: 1, fixed: 1 })
    expect(withChanges(before, before).summary.changes).toEqual({ new: 0, unchanged: 2, fixed: 0 })
  })

  it('does not take for mended what somebody accepted, nor for new what somebody accepts no longer', () => {
    const accepted = reportOn('AUT101')
    expect(withChanges(accepted, reportOn(undefined)).summary.changes).toEqual({ new: 0, unchanged: 0, fixed: 0 })
    expect(told(withChanges(reportOn(undefined), accepted))).toEqual(['AUT101 readers UNCHANGED'])
  })
})

describe('what counts as a failure', () => {
  const warned = reportOn(undefined)
  const erred: Report = { ...warned, verdict: 'FAIL', findings: warned.findings.map((finding) => ({ ...finding, severity: 'ERROR' })) }

  it.each([
    ['error', warned, false],
    ['error', erred, true],
    ['warning', warned, true],
    ['never', erred, false],
    ['new-error', withChanges(erred, warned), false],
    ['new-error', withChanges(erred, { findings: [] }), true],
  ] as const)('on %s moves with the level, and the verdict does not', (level, report, fails) => {
    expect(isFailure(report, level)).toBe(fails)
  })
})
