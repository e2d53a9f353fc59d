import { describe, expect, it } from 'vitest'
import type { ReachabilityQuestion } from '#engine/model/question'
import { remedyFinder } from '#engine/remedies/find-remedies'
import { cluster as entry, deployment, istio, type Manifest, namespace, service, topology } from '../combinations/asking.js'
import { httpRoute } from '../analysis/gateway-api/api.js'
import { gateway } from '../analysis/calling.js'
import { edgeService, http as httpServer, labels, route } from '../analysis/entrance/edge.js'
import { asks, moment, objectsOf, traceOf } from './remedies-of.js'

const ledger = [deployment('bank/ledger', { version: 'stable' }), service('bank/ledger')]
const mesh = (...objects: readonly Manifest[]) => topology([entry('west', [deployment('shop/web'), ...ledger, ...objects])])
const full = 'ledger.bank.svc.cluster.local'
const virtual = (destination: Manifest, place = 'bank/ledger') =>
  istio('VirtualService', place, { hosts: [full], http: [{ route: [{ destination }] }] })
const subsets = (name: string, version: string) =>
  istio('DestinationRule', 'bank/ledger', { host: full, subsets: [{ name, labels: { version } }] })

const remediesOf = (snapshot: ReturnType<typeof mesh>, question: ReachabilityQuestion = asks('west/shop/web', 'ledger.bank:80')) => {
  const trace = traceOf(snapshot, question)
  return { reason: trace.reason, remedies: remedyFinder(snapshot)(question, trace, moment) }
}

const at = '/spec/http/0/route/0/destination'

describe('a slip in a route is corrected where it stands, as a patch of that value (ROUTE-5)', () => {
  it.each<[string, readonly Manifest[], string, unknown]>([
    [
      'the host',
      [virtual({ host: 'ledgr.bank.svc.cluster.local' })],
      'UNKNOWN_CLUSTER',
      { op: 'replace', path: `${at}/host`, value: full },
    ],
    [
      'a host alone, which means the route’s own namespace (MODEL-19)',
      [virtual({ host: 'ledger' }, 'shop/ledger')],
      'UNKNOWN_CLUSTER',
      { op: 'replace', path: `${at}/host`, value: full },
    ],
    [
      'the subset (EDS-27)',
      [virtual({ host: full, subset: 'stabel' }), subsets('stable', 'stable')],
      'UNKNOWN_CLUSTER',
      { op: 'replace', path: `${at}/subset`, value: 'stable' },
    ],
    [
      'the port, of a service that has one (ROUTE-5)',
      [virtual({ host: full, port: { number: 8080 } })],
      'UNKNOWN_CLUSTER',
      { op: 'replace', path: `${at}/port/number`, value: 80 },
    ],
    [
      'the labels of a subset (EDS-26)',
      [virtual({ host: full, subset: 'stable' }), subsets('stable', 'stabel')],
      'NO_ENDPOINTS',
      { op: 'replace', path: '/spec/subsets/0/labels', value: { version: 'stable' } },
    ],
    [
      'the backend of a route of the Gateway API (GWAPI-44)',
      [
        httpRoute('bank/ledger', {
          parentRefs: [{ group: '', kind: 'Service', name: 'ledger' }],
          rules: [{ backendRefs: [{ name: 'ledgr', port: 80 }] }],
        }),
      ],
      'UNKNOWN_CLUSTER',
      { op: 'replace', path: '/spec/rules/0/backendRefs/0/name', value: 'ledger' },
    ],
  ])('%s', (_, objects, reason, patch) => {
    const found = remediesOf(mesh(...objects))
    expect(found.reason).toBe(reason)
    expect(found.remedies.map(objectsOf)).toEqual([[[patch]]])
    expect(found.remedies[0]?.manifest).toMatch(/^# kubectl patch \S+ \S+ -n \S+ --type json --patch-file FILE\n/)
  })

  it.each<[string, readonly Manifest[]]>([
    ['a subset of another number, which is meant (EDS-27)', [virtual({ host: full, subset: 'v2' }), subsets('v1', 'stable')]],
    ['a host that is like no other (ROUTE-5)', [virtual({ host: 'vault.bank.svc.cluster.local' })]],
  ])('and not %s', (_, objects) => expect(remediesOf(mesh(...objects)).remedies).toEqual([]))
})

it('a slip in the labels of a subset is corrected where the client’s control plane reads it, though another cluster has the rule too (MODEL-16, EDS-26)', () => {
  const rules = [virtual({ host: full, subset: 'stable' }), subsets('stable', 'stabel')]
  const each = ['east', 'west'].map((name) => entry(name, [deployment('shop/web'), ...ledger, ...rules]))
  for (const name of ['east', 'west']) {
    const { remedies } = remediesOf(topology(each), asks(`${name}/shop/web`, 'ledger.bank:80'))
    expect(remedies.map((one) => one.cluster)).toEqual([name])
  }
})

it('a slip in the selector of a Gateway is corrected (ROUTE-12)', () => {
  const pod = (home: string, name: string, own: Manifest): Manifest => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: home, name, labels: own },
    spec: { containers: [{ name: 'istio-proxy', image: 'auto' }] },
    status: { phase: 'Running', podIP: '10.0.0.9', conditions: [{ type: 'Ready', status: 'True' }] },
  })
  const web = [
    service('shop/web'),
    { ...pod('shop', 'web', { app: 'web' }), spec: { containers: [{ name: 'app' }, { name: 'istio-proxy' }] } },
  ]
  const slip = gateway('edge/gate', { selector: { istio: 'edgy' }, servers: [httpServer(['shop.example.com'])] })
  const parts = [namespace('edge', {}), edgeService(), slip, route(['shop.example.com']), ...web]
  const running = [pod('edge', 'gate-1', labels), pod('istio-system', 'istiod-1', { app: 'istiod' })]
  const snapshot = topology([entry('west', [...parts, ...running], { observed: true })])
  const { reason, remedies } = remediesOf(snapshot, { from: { outside: true }, to: { host: 'shop.example.com', port: 80 } })
  expect(reason).toBe('GATEWAY_NOT_FOUND')
  expect(remedies.flatMap(objectsOf)).toMatchObject([
    { kind: 'Gateway', metadata: { name: 'gate', namespace: 'edge' }, spec: { selector: labels } },
  ])
})
