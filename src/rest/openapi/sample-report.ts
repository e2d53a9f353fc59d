import type { Report } from '#engine/model/report'

/** A report as the examples tell it. */
export const sampleReport: Report = {
  verdict: 'WARN',
  summary: { error: 0, warning: 1, info: 0, suppressed: 0, assertions: { passed: 2, failed: 0, undetermined: 0, expected: 0 } },
  findings: [
    {
      code: 'CTL102',
      severity: 'WARNING',
      message: '`west` may read `east`, but not the other way round',
      resource: { cluster: 'west', kind: 'Cluster', namespace: null, name: 'west' },
      path: 'remoteSecrets',
      source: { file: 'topology.yaml', line: 7 },
      istio: [],
      kiali: [],
      help: '/rules/CTL102',
    },
  ],
  assertions: [],
  counts: { clusters: 2, Service: 4 },
}
