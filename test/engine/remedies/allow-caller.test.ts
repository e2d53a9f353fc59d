import { describe, expect, it } from 'vitest'
import type { DestinationInput } from '#engine/model/question'
import { remedyFinder } from '#engine/remedies/find-remedies'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { snapshotOf } from '../from-yaml.js'
import { cluster, deployment, namespace, object, service, topology } from './mesh-yaml.js'
import { asks, moment, objectsOf, traceOf } from './remedies-of.js'

const tcp = `{ apiVersion: v1, kind: Service, metadata: { name: store, namespace: shop }, spec: { clusterIP: 10.1.0.99, selector: { app: store }, ports: [{ name: tcp, port: 80, targetPort: 8080 }] } }`
const shop = [
  namespace('shop'),
  namespace('istio-system', 'a: b'),
  deployment('shop/web'),
  deployment('shop/cart'),
  service('shop/cart'),
  deployment('shop/store'),
  tcp,
]

const rules = (text: string) => object('AuthorizationPolicy', 'shop/callers', `{ rules: ${text} }`)
const mesh = (...objects: readonly string[]) => snapshotOf(topology(cluster('west', 'podCidrs: [10.8.0.0/16]', [...shop, ...objects])))

/** Rules of the policies that would let `web` in, one list for each remedy. */
const openedBy = (snapshot: Snapshot, to: Partial<DestinationInput> = {}, host = 'cart'): readonly unknown[] => {
  const { from } = asks('west/shop/web', `${host}:80`)
  const question = { from, to: { host, port: 80, ...to } }
  const trace = traceOf(snapshot, question)
  expect(trace.reason).toBe('DENIED')
  return remedyFinder(snapshot)(question, trace, moment).flatMap((remedy) =>
    objectsOf(remedy).map((each) => (each as { readonly spec: { readonly rules: unknown } }).spec.rules),
  )
}

const web = { source: { principals: ['cluster.local/ns/shop/sa/web'] } }
const onPort = (more: object = {}) => [{ operation: { ports: ['8080'], ...more } }]

describe('a policy that would let the caller in opens no more than was asked', () => {
  it('carries the method and path of a request that the policy refuses for its operation, without the query (AUTHZ-8, AUTHZ-20)', () => {
    const snapshot = mesh(rules("[{ to: [{ operation: { methods: [GET], paths: ['/api/*'] } }] }]"))
    expect(openedBy(snapshot, { method: 'POST', path: '/api/x?a=b' })).toEqual([
      [{ from: [web], to: onPort({ methods: ['POST'], paths: ['/api/x'] }) }],
    ])
  })

  it('carries them also where the policy refuses the caller alone (AUTHZ-10)', () => {
    const snapshot = mesh(rules('[{ from: [{ source: { principals: [cluster.local/ns/shop/sa/admin] } }] }]'))
    expect(openedBy(snapshot, { method: 'GET', path: '/a' })).toEqual([[{ from: [web], to: onPort({ methods: ['GET'], paths: ['/a'] }) }]])
  })

  it.each(['principals: [cluster.local/ns/shop/sa/wbe]', 'namespaces: [other]', 'serviceAccounts: [shop/admin]'])(
    'names the caller in the place of whoever is named (%s; AUTHZ-10 … AUTHZ-12)',
    (source) => expect(openedBy(mesh(rules(`[{ from: [{ source: { ${source} } }] }]`)))).toEqual([[{ from: [web], to: onPort() }]]),
  )

  it('takes entries that differ in what is replaced alone for one, and proposes the first three of the others (AUTHZ-8)', () => {
    const source = (name: string, out: string) => `{ source: { principals: [x/ns/shop/sa/${name}], notNamespaces: [${out}] } }`
    const from = [source('a', 'one'), source('b', 'one'), ...['two', 'three', 'four'].map((out) => source('a', out))]
    const to = ['/a', '/b'].map((path) => `{ operation: { paths: [${path}], methods: [PUT] } }`)
    const snapshot = mesh(rules(`[{ from: [${from.join(', ')}], to: [${to.join(', ')}] }]`))
    const opened = (out: string) => [
      { from: [{ source: { ...web.source, notNamespaces: [out] } }], to: onPort({ methods: ['GET'], paths: ['/x'] }) },
    ]
    expect(openedBy(snapshot, { method: 'GET', path: '/x' })).toEqual(['one', 'two', 'three'].map(opened))
  })

  it('replaces a condition on the caller as well, and the port of the operation (AUTHZ-19, AUTHZ-22)', () => {
    const snapshot = mesh(rules("[{ to: [{ operation: { ports: ['9090'] } }], when: [{ key: source.namespace, values: [other] }] }]"))
    expect(openedBy(snapshot)).toEqual([[{ from: [web], to: onPort() }]])
  })

  it('names the host where the policy asks for another (AUTHZ-20)', () => {
    const snapshot = mesh(rules('[{ to: [{ operation: { hosts: [other.example] } }] }]'))
    expect(openedBy(snapshot)).toEqual([[{ from: [web], to: onPort({ hosts: ['cart'] }) }]])
  })

  it('is one for each way in which the rules refuse, each once (AUTHZ-8)', () => {
    const admin = '{ from: [{ source: { namespaces: [admin] } }] }'
    const snapshot = mesh(rules(`[${admin}, ${admin}, { from: [{ source: { namespaces: [other], notPrincipals: [a/b] } }] }]`))
    expect(openedBy(snapshot)).toEqual([
      [{ from: [web], to: onPort() }],
      [{ from: [{ source: { ...web.source, notPrincipals: ['a/b'] } }], to: onPort() }],
    ])
  })

  it('names callers, port and request where the policy lets nobody in (AUTHZ-7)', () => {
    const snapshot = mesh(object('AuthorizationPolicy', 'shop/nobody', '{}'))
    expect(openedBy(snapshot, { method: 'GET' })).toEqual([[{ from: [web], to: onPort({ methods: ['GET'] }) }]])
  })

  it('says nothing of HTTP where the port takes TCP, which would drop the rule (AUTHZ-24)', () => {
    const snapshot = mesh(rules('[{ from: [{ source: { namespaces: [other] } }] }]'))
    expect(openedBy(snapshot, { method: 'GET', path: '/' }, 'store')).toEqual([[{ from: [web], to: onPort() }]])
  })
})

describe('no policy lets the caller in where another thing than the caller and the operation is refused:', () => {
  it.each([
    ['a token that nothing reads (AUTHZ-21)', "[{ when: [{ key: 'request.auth.claims[iss]', values: ['*'] }] }]"],
    ['a token besides the caller (AUTHZ-21)', "[{ from: [{ source: { namespaces: [other], requestPrincipals: ['*'] } }] }]"],
    ['the address (AUTHZ-18)', '[{ from: [{ source: { ipBlocks: [192.0.2.0/24] } }] }]'],
    ['an excluded caller (AUTHZ-14)', "[{ from: [{ source: { notPrincipals: ['*/sa/web'] } }] }]"],
    ['a caller whom a condition excludes (AUTHZ-22)', '[{ when: [{ key: source.namespace, notValues: [shop] }] }]'],
    ['a key that Istio does not know (AUTHZ-7)', '[{ when: [{ key: source.labels, values: [a] }] }]'],
  ])('%s', (_what, text) => expect(openedBy(mesh(rules(text)))).toEqual([]))

  it('a header of which the question has another value (AUTHZ-22)', () => {
    const snapshot = mesh(rules("[{ when: [{ key: 'request.headers[x-key]', values: [secret] }] }]"))
    expect(openedBy(snapshot, { headers: [{ name: 'x-key', value: 'other' }] })).toEqual([])
  })

  it('a method that the question leaves open stays the policy’s, and decides (AUTHZ-9)', () => {
    const snapshot = mesh(rules('[{ from: [{ source: { namespaces: [other] } }], to: [{ operation: { methods: [GET] } }] }]'))
    expect(openedBy(snapshot)).toEqual([])
    expect(openedBy(snapshot, { method: 'GET' })).toHaveLength(1)
  })

  it('a path that a rule would read as a pattern (AUTHZ-20)', () => {
    const snapshot = mesh(rules('[{ from: [{ source: { namespaces: [other] } }] }]'))
    expect(openedBy(snapshot, { method: 'GET', path: '/a*' })).toEqual([])
  })
})
