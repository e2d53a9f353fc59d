import { describe, expect, it } from 'vitest'
import { openRequest } from '#engine/analysis/call/call'
import { distinctRefs } from '#engine/analysis/call/distinct-refs'
import { requestKey, serverName, targetKey } from '#engine/analysis/call/target-key'
import { every, not, some, type Truth } from '#engine/analysis/call/truth'
import type { ResourceRef } from '#engine/model/resource-ref'
import { destinationRule, type Manifest, service, valueOf } from '../calling.js'
import { choose, http, to } from '../routing.js'

const targetsOf = (...objects: readonly Manifest[]) => valueOf(choose(objects)).alternatives.flatMap(({ targets }) => targets)
const subsets = destinationRule('shop/reviews', { host: 'reviews', subsets: [{ name: 'v1', labels: { version: 'v1' } }] })

describe('the name by which a proxy asks for a cluster', () => {
  it('is made of port, subset and host, and empty where there is no subset (TLS-9, NET-32)', () => {
    expect(targetsOf().map(serverName)).toEqual(['outbound_.80_._.reviews.shop.svc.cluster.local'])
    expect(targetsOf(subsets, http({ route: [to('reviews', { subset: 'v1' })] })).map(serverName)).toEqual([
      'outbound_.80_.v1_.reviews.shop.svc.cluster.local',
    ])
  })

  it('tells ports, subsets and hosts apart (ROUTE-5)', () => {
    const admin = service('shop/admin', { ports: [{ name: 'http', port: 8080 }] })
    const routes = [
      to('reviews', {}, 20),
      to('reviews', { subset: 'v1' }, 20),
      to('ratings', {}, 20),
      to('admin', { port: { number: 8080 } }, 20),
    ]
    const found = targetsOf(admin, subsets, http({ route: routes }))
    expect(found).toHaveLength(4)
    expect(new Set(found.map(targetKey)).size).toBe(4)
  })

  it('is the same whatever share of the calls goes there (ROUTE-4)', () => {
    const [half, all] = [http({ route: [to('reviews', {}, 50), to('ratings', {}, 50)] }), http({ route: [to('reviews')] })]
    expect(targetsOf(half).map(targetKey)[0]).toBe(targetsOf(all).map(targetKey)[0])
  })
})

describe('what is sent', () => {
  const plain = openRequest()
  it.each([
    ['the method', { method: 'GET' }],
    ['the path', { path: '/a' }],
    ['a header', { headers: { 'x-a': 'b' } }],
    ['a header that is known to be absent', { absentHeaders: new Set(['x-a']) }],
  ])('differs by %s (ROUTE-4)', (_story, more) => {
    expect(requestKey({ ...plain, ...more })).not.toBe(requestKey(plain))
    expect(requestKey({ ...plain, ...more })).toBe(requestKey({ ...plain, ...more }))
  })
})

describe('what is blamed', () => {
  const ref = (name: string, more: Partial<ResourceRef> = {}): ResourceRef => ({
    cluster: 'west',
    kind: 'Service',
    namespace: 'shop',
    name,
    path: null,
    source: null,
    ...more,
  })

  it.each([1, 20])('is named once, by cluster, kind, namespace, name and place (%i others beside it)', (others) => {
    const rest = Array.from({ length: others }, (_, index) => ref(`other-${index}`))
    const apart = [
      ref('a'),
      ref('a', { cluster: 'east' }),
      ref('a', { cluster: null }),
      ref('a', { kind: 'Sidecar' }),
      ref('a', { namespace: 'bank' }),
      ref('a', { path: 'spec' }),
    ]
    expect(distinctRefs([...apart, ...rest, ...apart.map((each) => ({ ...each }))])).toEqual([...apart, ...rest])
  })
})

describe('what is said of several tests (AUTHZ-9)', () => {
  const truths: readonly Truth[] = ['YES', 'NO', 'UNKNOWN']
  it('all hold where none fails, and it is unknown only where none fails', () => {
    expect(truths.map((each) => every(['YES', each]))).toEqual(['YES', 'NO', 'UNKNOWN'])
    expect(truths.map((each) => every(['NO', each]))).toEqual(['NO', 'NO', 'NO'])
    expect(truths.map((each) => every(['UNKNOWN', each]))).toEqual(['UNKNOWN', 'NO', 'UNKNOWN'])
    expect(every([])).toBe('YES')
  })

  it('one holds where any does, and it is unknown only where none does', () => {
    expect(truths.map((each) => some(['YES', each]))).toEqual(['YES', 'YES', 'YES'])
    expect(truths.map((each) => some(['NO', each]))).toEqual(['YES', 'NO', 'UNKNOWN'])
    expect(truths.map((each) => some(['UNKNOWN', each]))).toEqual(['YES', 'UNKNOWN', 'UNKNOWN'])
    expect(some([])).toBe('NO')
  })

  it('the opposite of the unknown is unknown, and none of all is one of the opposites', () => {
    expect(truths.map(not)).toEqual(['NO', 'YES', 'UNKNOWN'])
    for (const one of truths) for (const other of truths) expect(not(every([one, other]))).toBe(some([not(one), not(other)]))
  })
})
