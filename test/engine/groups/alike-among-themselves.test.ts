import { expect, it } from 'vitest'
import { answerCallers } from '#engine/groups/answer-callers'
import { ask, at, cluster, istio, type Manifest, service, topology } from '../combinations/asking.js'

const pod = (set: string, ordinal: number, podIP: string, app = set): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    namespace: 'shop',
    name: `${set}-${ordinal}`,
    labels: { app, 'security.istio.io/tlsMode': 'istio' },
    ownerReferences: [{ kind: 'StatefulSet', name: set, controller: true }],
  },
  spec: {
    containers: [
      { name: 'app', image: 'app' },
      { name: 'istio-proxy', image: 'proxy' },
    ],
  },
  status: { phase: 'Running', podIP, conditions: [{ type: 'Ready', status: 'True' }] },
})

it('instances that are told apart from others alone are told as one, in their group as by themselves (FLOW-1)', () => {
  const block = { from: [{ ipBlock: { cidr: '10.0.7.0/30' } }] }
  const snapshot = topology([
    cluster('west', [
      service('shop/ledger', { ports: [{ name: 'http', port: 80, targetPort: 8080 }] }),
      pod('ledger', 0, '10.0.1.1'),
      service('shop/front', { ports: [{ port: 80, targetPort: 8080 }] }),
      pod('front', 0, '10.0.1.2'),
      istio('VirtualService', 'shop/front', {
        hosts: ['front'],
        http: [{ match: [{ headers: { user: { exact: 'jason' } } }], route: [{ destination: { host: 'ledger' } }] }],
      }),
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { namespace: 'shop', name: 'block' },
        spec: { podSelector: { matchLabels: { app: 'ledger' } }, ingress: [block] },
      },
      pod('in', 0, '10.0.7.1', 'caller'),
      pod('out', 0, '10.0.7.4', 'caller'),
      pod('out', 1, '10.0.7.5', 'caller'),
    ]),
  ])
  const alone = ask(snapshot, 'west/shop/out', 'front.shop.svc.cluster.local:80')
  const answer = answerCallers(
    snapshot,
    { of: { host: 'front.shop.svc.cluster.local' }, port: 80, by: 'WORKLOAD', first: 100, at: null },
    { at },
  )
  const row = 'rows' in answer ? answer.rows.find(({ group }) => group.name === 'out') : undefined
  expect([row?.verdict, row?.reason, row?.conditions]).toEqual([alone.verdict, alone.reason, alone.conditions])
})
