import { sample } from '../openapi/sample.js'

const host = 'reviews.shop.svc.cluster.local'
const nobody = { outside: null, cluster: null, namespace: null, workload: null, gateway: null }
const row = {
  group: { kind: 'NAMESPACE', cluster: 'west', namespace: 'shop', name: 'shop' },
  peer: { kind: 'SERVICE', cluster: 'west', namespace: 'shop', name: host },
  port: 9080,
  count: 1,
  examples: ['west/shop/client'],
  verdict: 'REACHABLE',
  reason: 'DELIVERED',
  help: '/reasons/DELIVERED',
  conditions: [],
  because: [],
  trace: { from: { ...nobody, cluster: 'west', namespace: 'shop', workload: 'Deployment/client' }, to: { host, port: 9080 } },
}
const totals = [{ verdict: 'REACHABLE', reason: 'DELIVERED', count: 1 }]
const calls = { rows: [row], totals, assumptions: [], page: sample.lastPage }

/** What the question turned round is asked and answered, for OpenAPI. */
export const groupExamples = {
  callers: { request: { of: { host: 'reviews', namespace: 'shop' }, verdicts: ['REACHABLE', 'AMBIGUOUS'] }, answer: calls },
  reach: {
    request: { of: sample.client },
    answer: { ...calls, rows: [{ ...row, group: row.peer, peer: row.group, examples: [`${host}:9080`] }] },
  },
  isolation: {
    request: { between: [{ namespace: 'shop' }, { namespace: 'bank' }] },
    answer: {
      verdict: 'HOLDS',
      rows: [],
      totals: [{ verdict: 'UNREACHABLE', reason: 'DENIED', count: 4 }],
      assumptions: [],
      page: sample.lastPage,
    },
  },
  effectivePolicy: {
    request: { of: { cluster: 'west', namespace: 'shop', workload: 'reviews' } },
    answer: {
      rows: [
        {
          workload: 'west/shop/reviews',
          port: 9080,
          host: null,
          concern: 'MUTUAL_TLS',
          state: 'IN_FORCE',
          message: 'mutual TLS is `PERMISSIVE`, as nothing says otherwise',
          resource: null,
          by: null,
        },
      ],
      page: sample.lastPage,
    },
  },
} as const
