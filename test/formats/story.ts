import type { Finding, Report } from '#engine/model/report'
import { withChanges } from '#engine/model/with-changes'
import type { Told } from '#formats/told'

const finding = (severity: Finding['severity'], code: string, more: Partial<Finding> = {}): Finding => ({
  code,
  severity,
  message: `\`${code}\` is so`,
  resource: { cluster: 'west', kind: 'Service', namespace: 'shop', name: 'cart' },
  path: null,
  source: { file: 'west/shop.yaml', line: 12 },
  istio: [],
  kiali: [],
  help: `/rules/${code}`,
  fingerprint: `fingerprint of ${code}`,
  ...more,
})

const step = {
  stage: 'AUTHORIZATION',
  outcome: 'STOPPED',
  reason: 'DENIED',
  message: 'denied by `deny-all`',
  because: [
    {
      cluster: 'west',
      kind: 'AuthorizationPolicy',
      namespace: 'shop',
      name: 'deny-all',
      path: 'spec',
      source: { file: 'west/deny.yaml', line: 3 },
    },
  ],
  help: '/reasons/DENIED',
  hop: null,
} as const

/** Of everything that a report may hold something, with texts that every format has to escape. */
export const report: Report = withChanges(
  {
    verdict: 'FAIL',
    summary: { error: 1, warning: 1, info: 1, suppressed: 1, assertions: { passed: 1, failed: 1, undetermined: 0, expected: 1 } },
    findings: [
      finding('ERROR', 'NET101', { message: 'a <b> & "c" | d\nsecond line: 100%, @all \u0001 `x|<y>`' }),
      finding('WARNING', 'CTL101', { resource: null, source: { file: './a b/ü#.yaml', line: null } }),
      finding('INFO', 'OBJ102', { source: null }),
    ],
    suppressed: [finding('ERROR', 'NET102')],
    assertions: [
      { name: 'it holds', passed: true, outcome: 'PASSED', verdict: 'REACHABLE', pairs: { checked: 1, failed: 0, undetermined: 0 } },
      {
        name: 'the client reads <reviews>',
        passed: false,
        outcome: 'FAILED',
        verdict: 'UNREACHABLE',
        expected: 'REACHABLE',
        message: 'the call is UNREACHABLE, expected REACHABLE',
        source: { file: 'topology.yaml', line: 7 },
        trace: {
          verdict: 'UNREACHABLE',
          reason: 'DENIED',
          summary: '`client` cannot reach `reviews`: denied by `deny-all`',
          steps: [{ ...step, because: [...step.because], nearMisses: [] }],
          endpoints: [],
          conditions: [],
          assumptions: [],
          validUntil: null,
          remedies: [],
          noRemedy: null,
          symptom: null,
        },
      },
      {
        name: 'later',
        passed: false,
        outcome: 'EXPECTED',
        until: '2027-01-01',
        verdict: null,
        source: { file: 'topology.yaml', line: 9 },
        problem: { code: 'SOURCE_NOT_FOUND', message: 'there is no workload `later`', suggestions: [] },
      },
    ],
    counts: { clusters: 1, Service: 2 },
  },
  { findings: [finding('WARNING', 'CTL101'), finding('ERROR', 'TRU101')] },
)

export const told: Told = {
  report,
  version: '1.2.3',
  pageOf: (code) =>
    code === 'NET101' ? '# NET101 network-without-gateway\n\nSeverity: ERROR\n\nA network\nhas no gateway.\n\n## Why\n' : undefined,
}

/** Nothing is wrong. */
export const quiet: Told = {
  ...told,
  report: {
    verdict: 'PASS',
    summary: { error: 0, warning: 0, info: 0, suppressed: 0, assertions: { passed: 0, failed: 0, undetermined: 0, expected: 0 } },
    findings: [],
    assertions: [],
    counts: {},
  },
}
