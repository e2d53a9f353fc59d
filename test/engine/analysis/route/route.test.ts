import { describe, expect, it } from 'vitest'
import { blamed, service, valueOf, virtualService } from '../calling.js'
import { choose, http, subsetRule, targets, to } from '../routing.js'

describe('routes of a VirtualService', () => {
  it('without one the call goes to the service itself (ROUTE-3)', () => {
    const outcome = choose([])
    expect(targets(outcome)).toEqual([['reviews:80/ 1']])
    expect(outcome.step).toMatchObject({ outcome: 'PASSED', reason: 'DEFAULT_ROUTE' })
  })

  it('destinations share by weight, and weight 0 takes nothing (ROUTE-4)', () => {
    const split = http({ route: [to('reviews', { subset: 'v1' }, 75), to('ratings', {}, 25), to('reviews', { subset: 'v2' }, 0)] })
    expect(targets(choose([split, subsetRule]))).toEqual([['reviews:80/v1 0.75', 'ratings:80/ 0.25']])
  })

  it('a single destination takes everything whatever its weight (ROUTE-4)', () => {
    expect(targets(choose([http({ route: [to('ratings', {}, 10)] })]))).toEqual([['ratings:80/ 1']])
  })

  it('a destination that is written several times is one target with its shares together, unless what is sent differs (ROUTE-4, ROUTE-7)', () => {
    const set = (value: string) => ({ headers: { request: { set: { 'x-a': value } } } })
    const one = (value: string) => ({ ...to('ratings', {}, 10), ...set(value) })
    const outcome = choose([http({ route: [to('reviews', {}, 25), to('ratings', {}, 30), to('reviews', {}, 25), one('1'), one('2')] })])
    expect(targets(outcome)).toEqual([['reviews:80/ 0.5', 'ratings:80/ 0.3', 'ratings:80/ 0.1', 'ratings:80/ 0.1']])
    const places = valueOf(outcome).alternatives[0]?.targets[0]?.because.map(({ path }) => path)
    expect(places).toEqual(['spec.http[0].route[0]', 'spec.http[0].route[2]'])
  })

  it('of a destination that is written very often the first places are told (ROUTE-4)', () => {
    const often = Array.from({ length: 40 }, (_, at) => to(at % 2 === 0 ? 'reviews' : 'ratings', {}, 1))
    const outcome = choose([http({ route: often })])
    expect(targets(outcome)).toEqual([['reviews:80/ 0.5', 'ratings:80/ 0.5']])
    const places = valueOf(outcome).alternatives[0]?.targets.map(({ because }) => because.map(({ path }) => path))
    const every = (first: number) => Array.from({ length: 12 }, (_, at) => `spec.http[0].route[${first + 2 * at}]`)
    expect(places).toEqual([every(0), every(1)])
  })

  it('what leads nowhere several times is lost once, with its shares together (ROUTE-5)', () => {
    const outcome = choose([http({ route: [to('nobody', {}, 10), to('reviews', {}, 80), to('nobody', {}, 10)] })])
    expect(valueOf(outcome).alternatives[0]?.lost).toMatchObject([{ share: 0.2, reason: 'UNKNOWN_CLUSTER' }])
  })

  it('the first matching route wins (ROUTE-4)', () => {
    const routes = http({ match: [{ uri: { prefix: '/a' } }], route: [to('ratings')] }, { route: [to('reviews')] })
    expect(targets(choose([routes], { ask: { path: '/a/b?x=1' } }))).toEqual([['ratings:80/ 1']])
    expect(targets(choose([routes], { ask: { path: '/b' } }))).toEqual([['reviews:80/ 1']])
  })

  it('an attribute that the question leaves open gives both outcomes, and a condition naming it (ROUTE-4)', () => {
    const routes = http({ match: [{ headers: { 'x-user': { exact: 'jason' } } }], route: [to('ratings')] }, { route: [to('reviews')] })
    const outcome = choose([routes])
    expect(targets(outcome)).toEqual([['ratings:80/ 1'], ['reviews:80/ 1']])
    expect(outcome).toMatchObject({ step: { outcome: 'CONDITIONAL' }, conditions: [{ code: 'ROUTE_BY_ATTRIBUTE', on: 'header x-user' }] })
    expect(valueOf(outcome).alternatives[0]?.when).toBe('header x-user `jason`')
  })

  it.each([
    { uri: { prefix: '/' } },
    { uri: { regex: '.*' } },
    { uri: { regex: '^/.*$' } },
    { method: { regex: '.+' } },
    { uri: { prefix: '/' }, method: { regex: '.*' } },
  ])('the block %j takes every request, whatever the question leaves open (ROUTE-4)', (match) => {
    const outcome = choose([http({ match: [match], route: [to('ratings')] }, { route: [to('reviews')] })])
    expect(targets(outcome)).toEqual([['ratings:80/ 1']])
    expect(outcome.step.outcome).toBe('PASSED')
  })

  it.each([
    { uri: { prefix: '/a' } },
    { uri: { regex: '/a.*' } },
    { headers: { 'x-a': { regex: '.*' } } },
    { queryParams: { v: { regex: '.*' } } },
    { uri: { prefix: '/' }, withoutHeaders: { 'x-a': {} } },
  ])('the block %j leaves some requests to the next route (ROUTE-4)', (match) => {
    const outcome = choose([http({ match: [match], route: [to('ratings')] }, { route: [to('reviews')] })])
    expect(targets(outcome)).toEqual([['ratings:80/ 1'], ['reviews:80/ 1']])
  })

  it('of two blocks one that always holds is enough (ROUTE-2, ROUTE-4)', () => {
    const match = [{ headers: { 'x-a': { exact: 'b' } } }, { uri: { prefix: '/' } }]
    expect(targets(choose([http({ match, route: [to('ratings')] }, { route: [to('reviews')] })]))).toEqual([['ratings:80/ 1']])
  })

  it('a request that matches no route gets 404, though the service is there (ROUTE-3)', () => {
    const outcome = choose([http({ match: [{ method: { exact: 'GET' } }], route: [to('reviews')] })], { ask: { method: 'POST' } })
    expect(outcome).toMatchObject({ passed: false, because: 'STOPPED', step: { reason: 'NO_ROUTE' } })
    expect(blamed(outcome)).toEqual(['VirtualService shop/vs spec.http'])
  })

  it.each([
    [{ uri: { exact: '/a' } }, { path: '/a' }, true],
    [{ uri: { exact: '/A' }, ignoreUriCase: true }, { path: '/a' }, true],
    [{ uri: { exact: '/A' } }, { path: '/a' }, false],
    [{ uri: { regex: '/a[0-9]+' } }, { path: '/a12' }, true],
    [{ uri: { regex: '/a' } }, { path: '/a12' }, false],
    [{ method: { exact: 'GET' } }, { method: 'GET' }, true],
    [{ headers: { 'x-a': { prefix: 'b' } } }, { headers: { 'x-a': 'bc' } }, true],
    [{ headers: { 'x-a': {} } }, { headers: { 'x-a': '' } }, true],
    [{ withoutHeaders: { 'x-a': { exact: 'b' } } }, { headers: { 'x-a': 'b' } }, false],
    [{ queryParams: { v: { exact: '2' } } }, { path: '/?v=2' }, true],
    [{ queryParams: { v: { exact: '2' } } }, { path: '/' }, false],
    [{ authority: { exact: 'reviews' } }, {}, true],
    [{ authority: { exact: 'ratings' } }, {}, false],
  ])('the block %j for %j matches: %s (ROUTE-4)', (match, ask, matches) => {
    const outcome = choose([http({ match: [match], route: [to('ratings')] }, { route: [to('reviews')] })], { ask })
    expect(targets(outcome)).toEqual([[matches ? 'ratings:80/ 1' : 'reviews:80/ 1']])
  })

  it.each([
    [{ port: 81 }, false],
    [{ port: 80 }, true],
    [{ sourceLabels: { app: 'client' } }, true],
    [{ sourceLabels: { app: 'cart' } }, false],
    [{ sourceNamespace: 'shop' }, true],
    [{ sourceNamespace: 'other' }, false],
    [{ gateways: ['mesh'], sourceLabels: { app: 'cart' } }, true],
    [{ gateways: ['edge'] }, false],
  ])('the block %j concerns this proxy: %s; with no route left the default applies (ROUTE-2, ROUTE-3)', (match, concerns) => {
    expect(targets(choose([http({ match: [match], route: [to('ratings')] })]))).toEqual([[concerns ? 'ratings:80/ 1' : 'reviews:80/ 1']])
  })

  it('of several for one host the first in scope order wins entirely (VIS-28)', () => {
    const older = virtualService(
      'shop/older',
      { hosts: ['reviews'], exportTo: ['.'], http: [{ match: [{ uri: { prefix: '/a' } }], route: [to('ratings')] }] },
      { creationTimestamp: '2020-01-01T00:00:00Z' },
    )
    const younger = virtualService(
      'shop/younger',
      { hosts: ['reviews'], exportTo: ['.'], http: [{ route: [to('reviews')] }] },
      { creationTimestamp: '2021-01-01T00:00:00Z' },
    )
    expect(choose([older, younger], { ask: { path: '/b' } }).step.reason).toBe('NO_ROUTE')
  })

  it('an exact host beats a wildcard one (ROUTE-1)', () => {
    const wide = virtualService(
      'shop/wide',
      { hosts: ['*.shop.svc.cluster.local'], http: [{ route: [to('ratings')] }] },
      { creationTimestamp: '2020-01-01T00:00:00Z' },
    )
    expect(targets(choose([wide]))).toEqual([['ratings:80/ 1']])
    expect(targets(choose([wide, http({ route: [to('reviews')] })]))).toEqual([['reviews:80/ 1']])
  })

  it('http routes do not concern TCP ports, tcp routes not HTTP ones (ROUTE-9, ROUTE-10)', () => {
    const tcp = service('shop/db', { ports: [{ name: 'tcp', port: 5432 }] })
    const rule = virtualService('shop/db', { hosts: ['db'], http: [{ route: [to('ratings')] }] })
    expect(targets(choose([tcp, rule], { host: 'db', port: 5432 }))).toEqual([['db:5432/ 1']])
    expect(targets(choose([virtualService('shop/vs', { hosts: ['reviews'], tcp: [{ route: [to('ratings')] }] })]))).toEqual([
      ['reviews:80/ 1'],
    ])
  })

  it('tcp routes go to the destination’s only port (ROUTE-5, ROUTE-9)', () => {
    const objects = [
      service('shop/db', { ports: [{ name: 'tcp', port: 5432 }] }),
      service('shop/db2', { ports: [{ name: 'tcp', port: 6000 }] }),
    ]
    const rule = virtualService('shop/db', { hosts: ['db'], tcp: [{ match: [{ port: 5432 }], route: [to('db2')] }] })
    expect(targets(choose([...objects, rule], { host: 'db', port: 5432 }))).toEqual([['db2:6000/ 1']])
  })

  it('tls routes go by the server name, and beside them nothing leads to the service (ROUTE-9, GWAPI-66)', () => {
    const secure = service('shop/secure', { ports: [{ name: 'tls', port: 443 }] })
    const rule = (sniHosts: readonly string[]) =>
      virtualService('shop/secure', {
        hosts: ['secure'],
        tls: [{ match: [{ port: 443, sniHosts }], route: [to('ratings', { port: { number: 80 } })] }],
      })
    const asked = { host: 'secure', port: 443 }
    expect(targets(choose([secure, rule(['secure.shop.svc.cluster.local'])], asked))).toEqual([['ratings:80/ 1']])
    const past = choose([secure, rule(['elsewhere.example'])], asked)
    expect(past.step).toMatchObject({ reason: 'SERVER_NAME_NOT_ROUTED', outcome: 'NOT_APPLICABLE' })
    expect(targets(past)).toEqual([[]])
  })
})
