import { describe, expect, it } from 'vitest'
import { whyNoRemedy } from '#engine/remedies/told/why-no-remedy'
import { snapshotOf } from '../from-yaml.js'
import { cluster, deployment, namespace, object, service, topology } from './mesh-yaml.js'
import { asks, objectsOf, remediesOf, traceOf } from './remedies-of.js'

const from = 'west/shop/web'
const host = 'cart.shop.svc.cluster.local'
const mesh = (objects: readonly string[], header = '', labels?: string) =>
  snapshotOf(
    topology(
      cluster('west', header, [
        namespace('shop', labels),
        deployment('shop/web'),
        deployment('shop/cart'),
        service('shop/cart'),
        ...objects,
      ]),
    ),
  )

describe('a request that no route takes', () => {
  const route = (match: string, to = 'cart') => `{ match: [${match}], route: [{ destination: { host: ${to} } }] }`
  const virtual = (...routes: string[]) => object('VirtualService', 'shop/cart', `{ hosts: [cart], http: [${routes.join(', ')}] }`)
  const path = { method: 'GET', path: '/v1/all?of=them' }

  it('is taken by one more route at the end, for this request alone, to where the others lead (ROUTE-2, ROUTE-7)', () => {
    const { reason, remedies } = remediesOf(mesh([virtual(route('{ uri: { prefix: /v2/ } }'))]), from, 'cart:80', path)
    expect(reason).toBe('NO_ROUTE')
    expect(remedies[0]?.manifest).toMatch(/^# kubectl patch virtualservice cart -n shop --type json --patch-file FILE\n/)
    expect(remedies[0]?.summary).toMatch(/; other paths and methods that no route takes still get 404$/)
    expect(remedies.map(objectsOf)).toEqual([
      [
        [
          {
            op: 'add',
            path: '/spec/http/-',
            value: {
              match: [{ method: { exact: 'GET' }, uri: { exact: '/v1/all' } }],
              route: [{ destination: { host, port: { number: 80 } } }],
            },
          },
        ],
      ],
    ])
  })

  it('is taken by none where the routes lead to several hosts: which one is meant is not known (ROUTE-2)', () => {
    const several = virtual(route('{ uri: { prefix: /v2/ } }'), route('{ uri: { prefix: /v3/ } }', 'web'))
    expect(remediesOf(mesh([several]), from, 'cart:80', path)).toMatchObject({ reason: 'NO_ROUTE', remedies: [] })
  })
})

describe('a rule about requests that only a waypoint heeds (AMB-24, AMB-37, AMB-42)', () => {
  const ambient = 'istio.io/dataplane-mode: ambient, istio.io/use-waypoint: front'
  const readers = object(
    'AuthorizationPolicy',
    'shop/readers',
    '{ selector: { matchLabels: { app: cart } }, rules: [{ to: [{ operation: { methods: [GET] } }] }] }',
  )
  const get = { method: 'GET', path: '/all' }

  it('is heeded by the waypoint that the label names, which is deployed, allows this request, and may call the pods', () => {
    const snapshot = mesh([readers], '', ambient)
    expect(traceOf(snapshot, asks(from, 'cart:80', get)).decidedBy?.message).toContain('there is no Gateway `shop/front`')
    const { reason, remedies } = remediesOf(snapshot, from, 'cart:80', get)
    expect(reason).toBe('DENIED')
    expect(remedies).toHaveLength(1)
    expect(remedies[0]?.summary).toMatch(
      /to which the label `istio.io\/use-waypoint` of namespace `shop` points already, .*; `shop\/readers` stays as it is; `shop\/readers` admits nobody by itself, as ztunnel leaves out rules on HTTP, and may be deleted afterwards; what is sent to every other service of namespace `shop` then passes the waypoint too; no policy names the callers of another workload there$/,
    )
    expect(objectsOf(remedies[0]!)).toMatchObject([
      { kind: 'Gateway', metadata: { name: 'front', namespace: 'shop' }, spec: { gatewayClassName: 'istio-waypoint' } },
      {
        kind: 'AuthorizationPolicy',
        spec: {
          action: 'ALLOW',
          targetRefs: [{ kind: 'Service', name: 'cart' }],
          rules: [
            {
              from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }],
              to: [{ operation: { ports: ['80'], methods: ['GET'], paths: ['/all'] } }],
            },
          ],
        },
      },
      {
        kind: 'AuthorizationPolicy',
        spec: {
          selector: { matchLabels: { app: 'cart' } },
          rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/front'] } }], to: [{ operation: { ports: ['8080'] } }] }],
        },
      },
    ])
  })

  it('keeps a policy that refuses others as well, and names whose policies see the waypoint in the place of callers (AMB-38, AMB-39)', () => {
    const wide = readers.replace('selector: { matchLabels: { app: cart } }, ', '')
    const callers =
      '{ selector: { matchLabels: { app: bill } }, rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }] }] }'
    const beside = [deployment('shop/bill'), service('shop/bill'), object('AuthorizationPolicy', 'shop/bill', callers)]
    const { remedies } = remediesOf(mesh([wide, ...beside], '', ambient), from, 'cart:80', get)
    expect(remedies[0]?.summary).toMatch(
      /; `shop\/readers` admits nobody by itself, as ztunnel leaves out rules on HTTP; .*; policies name the callers of `shop\/bill`, in whose place they then see `cluster.local\/ns\/shop\/sa\/front`$/,
    )
  })

  it.each([true, false])(
    'is tried with the waypoint as it would run where a cluster shows its pods (GWAPI-11), live or not: %s',
    (observed) => {
      const shown = ['istio-system/istiod', 'shop/web', 'shop/cart'].map((place, index) => {
        const [home, name] = place.split('/')
        const meta = `{ name: ${name}, namespace: ${home}, labels: { app: ${name} }, annotations: { ambient.istio.io/redirection: enabled } }`
        return `{ apiVersion: v1, kind: Pod, metadata: ${meta}, spec: { serviceAccountName: ${name}, containers: [{ name: app, ports: [{ containerPort: 8080 }] }] }, status: { phase: Running, podIP: 10.0.0.${index}, conditions: [{ type: Ready, status: 'True' }] } }`
      })
      const objects = [namespace('shop', ambient), service('shop/cart'), readers, ...shown]
      const { remedies } = remediesOf(snapshotOf(topology(cluster('west', `observed: ${observed}`, objects))), from, 'cart:80', get)
      expect(remedies.map((one) => objectsOf(one).map((each) => (each as { readonly kind: string }).kind))).toEqual([
        ['Gateway', 'AuthorizationPolicy', 'AuthorizationPolicy'],
      ])
    },
  )

  it('is left to its owner where no label names a waypoint', () => {
    expect(remediesOf(mesh([readers], '', 'istio.io/dataplane-mode: ambient'), from, 'cart:80', get)).toMatchObject({
      reason: 'DENIED',
      remedies: [],
    })
  })
})

describe('an ALLOW policy that names the caller’s account in another trust domain (AUTHZ-10)', () => {
  const allowing = (...principals: string[]) =>
    object(
      'AuthorizationPolicy',
      'shop/callers',
      `{ rules: [{ from: [{ source: { namespaces: [ops] } }] }, { from: [{ source: { principals: [${principals.join(', ')}] } }] }] }`,
    )

  it('gets that principal corrected where it stands; a policy beside it comes after', () => {
    const { reason, remedies } = remediesOf(
      mesh([allowing('cluster.local/ns/shop/sa/cart', 'old.example/ns/shop/sa/web')]),
      from,
      'cart:80',
    )
    expect(reason).toBe('DENIED')
    const value = 'cluster.local/ns/shop/sa/web'
    expect(objectsOf(remedies[0]!)).toEqual([[{ op: 'replace', path: '/spec/rules/1/from/0/source/principals/1', value }]])
    expect(remedies[0]?.manifest).toMatch(/^# kubectl patch authorizationpolicy callers -n shop --type json --patch-file FILE\n/)
    expect(remedies[0]?.summary).toMatch(
      /in the place of `old.example\/ns\/shop\/sa\/web`, which it then allows no more; if callers of `old.example` are still meant, add a policy beside it instead$/,
    )
    expect(objectsOf(remedies[1]!)).toMatchObject([{ metadata: { name: 'allow-web-to-cart' } }])
  })

  it.each([
    ['another account', 'old.example/ns/shop/sa/webs'],
    ['a pattern', '"*/ns/shop/sa/admin"'],
  ])('stays as it is where it names %s', (_, written) => {
    const { remedies } = remediesOf(mesh([allowing(written)]), from, 'cart:80')
    expect(remedies.map(objectsOf)).toMatchObject([[{ metadata: { name: 'allow-web-to-cart' } }]])
  })
})

describe('an answer that is open', () => {
  it('says whose right to read is missing, and how to find out', () => {
    const snapshot = mesh([], 'unread: [{ kind: AuthorizationPolicy, namespace: shop, reason: forbidden }]')
    expect(whyNoRemedy(snapshot, traceOf(snapshot, asks(from, 'cart:80')), 0)).toBe(
      'nothing is known to be wrong; 1. let somebody who may list them (`kubectl --context west auth can-i list authorizationpolicy -n shop` says `yes`) run `kubectl --context west get authorizationpolicy -n shop -o yaml`; 2. put what it prints below `items`, if anything, into `resources` of cluster `west` in the topology document, and take `unread[0]` out of it; 3. ask again',
    )
  })

  it('asks for what its conditions name, where nothing stands in the way', () => {
    const posts = object('AuthorizationPolicy', 'shop/posts', '{ rules: [{ to: [{ operation: { methods: [POST] } }] }] }')
    const snapshot = mesh([posts])
    const trace = traceOf(snapshot, asks(from, 'cart:80'))
    expect(trace.verdict).toBe('AMBIGUOUS')
    expect(whyNoRemedy(snapshot, trace, 0)).toBe('nothing has to be changed: ask again with what the conditions name')
  })
})
