import { describe, expect, it } from 'vitest'
import { createWork } from '#engine/istiod/expressions/work'
import { holdsForAny, satisfies } from '#engine/analysis/route/satisfies'
import { type Manifest, service, valueOf, virtualService } from '../calling.js'
import { choose, http, targets, to } from '../routing.js'

describe('a value against a match', () => {
  it.each([
    ['exact', { exact: '/a' }, '/a', 'YES'],
    ['exact of other case', { exact: '/a' }, '/A', 'NO'],
    ['exact of the beginning', { exact: '/a' }, '/a/b', 'NO'],
    ['prefix', { prefix: '/a' }, '/a/b', 'YES'],
    ['prefix that ends inside of a segment', { prefix: '/a' }, '/ab', 'YES'],
    ['prefix that is longer', { prefix: '/a/' }, '/a', 'NO'],
    ['an expression of the whole', { regex: '/a.*' }, '/a/b', 'YES'],
    ['an expression of a part', { regex: 'a' }, '/a', 'NO'],
    ['an expression of alternatives is one of the whole', { regex: '/a|/b' }, '/bc', 'NO'],
    ['an expression that cannot be read', { regex: '(' }, '/a', 'UNKNOWN'],
    ['an expression of more than RE2 knows', { regex: '(?=a)a' }, 'a', 'UNKNOWN'],
    ['presence', { present: true }, '', 'YES'],
    ['what nobody stated', { exact: '/a' }, undefined, 'UNKNOWN'],
    ['whether what nobody stated is present', { present: true }, undefined, 'UNKNOWN'],
  ] as const)('%s: %j for `%s` is %s (ROUTE-4)', (_story, match, value, expected) => {
    expect(satisfies(match, value, createWork())).toBe(expected)
  })

  it('without regard to case only where it is asked for, and never for expressions (ROUTE-4)', () => {
    expect(satisfies({ prefix: '/API' }, '/api/x', createWork(), true)).toBe('YES')
    expect(satisfies({ exact: '/api' }, '/API', createWork(), true)).toBe('YES')
    expect(satisfies({ regex: '/API' }, '/api', createWork(), true)).toBe('NO')
  })

  it.each([
    [{ prefix: '/' }, true],
    [{ prefix: '/a' }, false],
    [{ exact: '/' }, false],
    [{ regex: '.*' }, true],
    [{ regex: '^/.*$' }, true],
    [{ regex: '/.+' }, false],
    [{ regex: '/[^/]*' }, false],
    [{ present: true }, true],
  ] as const)('%j holds for every path: %s (ROUTE-4)', (match, expected) => {
    expect(holdsForAny(match, '/')).toBe(expected)
  })
})

describe('a block of several conditions', () => {
  const both = http({ match: [{ uri: { prefix: '/a' }, method: { exact: 'GET' } }], route: [to('ratings')] }, { route: [to('reviews')] })
  const either = http(
    { match: [{ uri: { prefix: '/a' } }, { method: { exact: 'GET' } }], route: [to('ratings')] },
    { route: [to('reviews')] },
  )
  const [hit, missed] = [[['ratings:80/ 1']], [['reviews:80/ 1']]]

  it.each([
    [{ path: '/a', method: 'GET' }, hit, hit],
    [{ path: '/a', method: 'PUT' }, missed, hit],
    [{ path: '/b', method: 'GET' }, missed, hit],
    [{ path: '/b', method: 'PUT' }, missed, missed],
    [{ path: '/b' }, missed, [['ratings:80/ 1'], ['reviews:80/ 1']]],
    [{ path: '/a' }, [['ratings:80/ 1'], ['reviews:80/ 1']], hit],
  ])('for %j one block with both and two blocks with one each (ROUTE-2, ROUTE-4)', (ask, together, apart) => {
    expect(targets(choose([both], { ask }))).toEqual(together)
    expect(targets(choose([either], { ask }))).toEqual(apart)
  })

  it('whose condition fails is not open because of another that nobody stated (ROUTE-4)', () => {
    const outcome = choose([both], { ask: { method: 'PUT' } })
    expect(targets(outcome)).toEqual(missed)
    expect(outcome.step.outcome).toBe('PASSED')
  })

  it.each([
    ['a header that is stated to be absent', { 'x-a': { exact: 'b' } }, {}, missed],
    ['and one that must not be there', {}, { 'x-a': {} }, hit],
    ['and one that must not have a value', {}, { 'x-a': { exact: 'b' } }, hit],
  ])('%s is known (ROUTE-4)', (_story, headers, withoutHeaders, expected) => {
    const routes = http({ match: [{ headers, withoutHeaders }], route: [to('ratings')] }, { route: [to('reviews')] })
    expect(targets(choose([routes], { ask: { absentHeaders: new Set(['x-a']) } }))).toEqual(expected)
  })

  it('names of headers are compared without regard to case, values with it (ROUTE-4)', () => {
    const routes = http({ match: [{ headers: { 'X-Team': { exact: 'red' } } }], route: [to('ratings')] }, { route: [to('reviews')] })
    expect(targets(choose([routes], { ask: { headers: { 'x-team': 'red' } } }))).toEqual(hit)
    expect(targets(choose([routes], { ask: { headers: { 'x-team': 'Red' } } }))).toEqual(missed)
  })

  it.each([
    ['a', '/?v=a', true],
    ['a', '/?w=b&v=a', true],
    ['a', '/?v=ab', false],
    ['a', '/v=a', false],
    ['a+b', '/?v=a+b', true],
    ['a b', '/?v=a+b', false],
    ['a%20b', '/?v=a%20b', true],
  ])('query parameter `%s` of `%s` matches as it is written, not decoded: %s (ROUTE-4)', (exact, path, matches) => {
    const routes = http({ match: [{ queryParams: { v: { exact } } }], route: [to('ratings')] }, { route: [to('reviews')] })
    expect(targets(choose([routes], { ask: { path } }))).toEqual(matches ? hit : missed)
  })
})

describe('the host that a VirtualService is for', () => {
  const wide = (name: string, host: string, destination: string) =>
    virtualService(`shop/${name}`, { hosts: [host], http: [{ route: [to(destination)] }] })

  it('of several wildcards the longest counts, whichever is older (ROUTE-1)', () => {
    const [long, short] = [wide('a', '*.shop.svc.cluster.local', 'ratings'), wide('b', '*.svc.cluster.local', 'reviews')]
    expect(targets(choose([long, short]))).toEqual([['ratings:80/ 1']])
    expect(targets(choose([short, long]))).toEqual([['ratings:80/ 1']])
  })

  it('a wildcard of another domain is for other hosts (ROUTE-1)', () => {
    expect(targets(choose([wide('a', '*.bank.svc.cluster.local', 'ratings')]))).toEqual([['reviews:80/ 1']])
  })
})

describe('routes of a TCP port', () => {
  const database = [
    service('shop/db', { ports: [{ name: 'tcp', port: 5432 }] }),
    service('shop/db2', { clusterIP: '10.0.0.7', ports: [{ name: 'tcp', port: 6000 }] }),
    service('shop/db3', {
      clusterIP: '10.0.0.6',
      ports: [
        { name: 'tcp-a', port: 5432 },
        { name: 'tcp-b', port: 6000 },
      ],
    }),
    service('shop/db4', {
      clusterIP: '10.0.0.5',
      ports: [
        { name: 'tcp-a', port: 1 },
        { name: 'tcp-b', port: 2 },
      ],
    }),
  ]
  const routed = (...routes: readonly Manifest[]) =>
    choose([...database, virtualService('shop/db', { hosts: ['db'], tcp: routes })], { host: 'db', port: 5432 })

  it.each([
    [{ port: 5432 }, true],
    [{ port: 5433 }, false],
    [{ sourceLabels: { app: 'client' } }, true],
    [{ sourceLabels: { app: 'cart' } }, false],
    [{ sourceNamespace: 'shop' }, true],
    [{ sourceNamespace: 'other' }, false],
    [{ gateways: ['mesh'] }, true],
    [{ gateways: ['edge'] }, false],
    [{ port: 5432, sourceLabels: { app: 'cart' } }, false],
    [{ gateways: ['mesh'], sourceLabels: { app: 'cart' } }, false],
    [{ gateways: ['mesh'], sourceLabels: { app: 'client' } }, true],
    [{ gateways: ['mesh'], sourceNamespace: 'other' }, false],
  ])('the block %j must hold as a whole: %s; without a match the service itself is called (ROUTE-2, ROUTE-9)', (match, matches) => {
    expect(targets(routed({ match: [match], route: [to('db2')] }))).toEqual([[matches ? 'db2:6000/ 1' : 'db:5432/ 1']])
  })

  it('the first that matches counts, and shares are its own (ROUTE-4, ROUTE-9)', () => {
    const split = { match: [{ port: 5432 }], route: [to('db2', {}, 1), to('db', {}, 3), to('db3', {}, 0)] }
    expect(targets(routed(split, { route: [to('db4')] }))).toEqual([['db2:6000/ 0.25', 'db:5432/ 0.75']])
  })

  it('a destination of several ports is called at the port that was dialled (ROUTE-5)', () => {
    expect(targets(routed({ route: [to('db3')] }))).toEqual([['db3:5432/ 1']])
    expect(targets(routed({ route: [to('db3', { port: { number: 6000 } })] }))).toEqual([['db3:6000/ 1']])
    expect(routed({ route: [to('db4')] }).step.reason).toBe('UNKNOWN_CLUSTER')
  })
})

describe('what a route changes of the path', () => {
  const pathAfter = (route: Manifest, path: string): string | undefined =>
    valueOf(choose([http({ ...route, route: [to('ratings')] })], { ask: { path } })).alternatives[0]?.targets[0]?.request?.path

  it.each([
    ['the prefix that matched is replaced', { match: [{ uri: { prefix: '/old' } }], rewrite: { uri: '/new' } }, '/old/a', '/new/a'],
    ['a query stays', { match: [{ uri: { prefix: '/old' } }], rewrite: { uri: '/new' } }, '/old?x=/old', '/new?x=/old'],
    ['of an exact path all is replaced', { match: [{ uri: { exact: '/old' } }], rewrite: { uri: '/new' } }, '/old?x=1', '/new?x=1'],
    [
      'by an expression a part of the path is',
      { match: [{ uri: { prefix: '/' } }], rewrite: { uriRegexRewrite: { match: '/v[0-9]+', rewrite: '/api' } } },
      '/v12/a',
      '/api/a',
    ],
    [
      'with what the expression took',
      { match: [{ uri: { prefix: '/' } }], rewrite: { uriRegexRewrite: { match: '^/([^/]+)/(.*)$', rewrite: '/\\2/\\1' } } },
      '/a/b',
      '/b/a',
    ],
  ])('%s (ROUTE-7)', (_story, route, path, expected) => {
    expect(pathAfter(route, path)).toBe(expected)
  })
})
