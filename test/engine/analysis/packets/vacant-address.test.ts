import { expect, it } from 'vitest'
import { traceCall } from '#engine/analysis/trace-call'
import { snapshotOf } from '../../from-yaml.js'

const topology = (header: string): string => `
clusters:
  - name: west
    podCidrs: [10.1.0.0/16]
    controlPlane: { role: PRIMARY }
    ${header}
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
      - apiVersion: apps/v1
        kind: Deployment
        metadata: { name: web, namespace: shop }
        spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: app }] } } }
`

it.each([
  ['in a live cluster’s range nobody has it: the call ends (NET-37)', 'observed: true', '10.1.7.7', 'UNREACHABLE NOT_LISTENING'],
  ['in a declared cluster’s range it is not known who will have it (NET-37)', 'observed: false', '10.1.7.7', 'UNDETERMINED INPUT_MISSING'],
  ['in no cluster’s range it is outside, and taken to answer (FLOW-5)', 'observed: true', '10.9.7.7', 'REACHABLE PASSTHROUGH'],
])('an address that no object has: %s', (_title, header, host, expected) => {
  const from = { cluster: 'west', namespace: 'shop', workload: 'web' }
  const answer = traceCall(snapshotOf(topology(header)), { from, to: { host, port: 8080 } }, 0)
  expect('problem' in answer ? answer.problem.code : `${answer.verdict} ${answer.reason}`).toBe(expected)
})
