import { describe, expect, it } from 'vitest'
import { openRequest } from '#engine/analysis/call/call'
import { translateMatch } from '#engine/snapshot/control-planes/derived/gateway-api/translate-match'
import { deployment, service, valueOf, virtualService } from '../calling.js'
import { choose, http, targets, to } from '../routing.js'

const key = 'Kq7VbT2mXw9RzL4s'
const ask = (headers: Readonly<Record<string, string>>, path = '/') => ({ ask: { headers, path } })
const both = [['reviews:80/ 1'], ['ratings:80/ 1']]
const open = (outcome: ReturnType<typeof choose>) => outcome.conditions.map(({ code, on }) => [code, on])

describe('a match whose value was taken out as a secret', () => {
  it.each([
    ['a header', { headers: { 'x-api-key': { exact: key } } }, 'header x-api-key'],
    ['the beginning of a header', { headers: { authorization: { prefix: `Bearer ${key}` } } }, 'header authorization'],
    ['a header that must not be', { withoutHeaders: { 'x-api-key': { exact: key } } }, 'header x-api-key'],
    ['a cookie', { headers: { cookie: { regex: `^(.*; )?session=${key}$` } } }, 'header cookie'],
    ['a query parameter', { queryParams: { token: { exact: key } } }, 'query parameter token'],
  ])('leaves the route open by %s, whatever the request has (ROUTE-2)', (_title, match, on) => {
    const routes = [http({ match: [match], route: [to('reviews')] }, { route: [to('ratings')] })]
    for (const value of ['', key, 'another']) {
      const headers = { 'x-api-key': value, authorization: `Bearer ${value}`, cookie: `session=${value}` }
      const outcome = choose(routes, ask(headers, `/?token=${value}`))
      expect(open(outcome)).toEqual([['ROUTE_BY_ATTRIBUTE', on]])
      expect(targets(outcome)).toEqual(both)
    }
  })

  it('says that the value was taken out, and of which object', () => {
    const outcome = choose(
      [http({ match: [{ headers: { 'x-api-key': { exact: key } } }], route: [to('reviews')] }, { route: [to('ratings')] })],
      ask({ 'x-api-key': 'a' }),
    )
    expect(JSON.stringify(outcome)).toContain('header x-api-key of a value that was taken out as a secret')
    expect(outcome.conditions.flatMap(({ because }) => because.map(({ kind, name }) => [kind, name]))).toContainEqual([
      'VirtualService',
      'vs',
    ])
  })

  it('takes no request that surely has no such header or parameter (ROUTE-2)', () => {
    const without = { absentHeaders: new Set(['x-api-key']), path: '/' }
    for (const match of [{ headers: { 'x-api-key': { exact: key } } }, { queryParams: { token: { exact: key } } }]) {
      const outcome = choose([http({ match: [match], route: [to('reviews')] }, { route: [to('ratings')] })], { ask: without })
      expect(outcome.conditions).toEqual([])
      expect(targets(outcome)).toEqual([['ratings:80/ 1']])
    }
  })

  it('compares with an empty value that somebody wrote', () => {
    const routes = [http({ match: [{ headers: { 'x-api-key': { exact: '' } } }], route: [to('reviews')] }, { route: [to('ratings')] })]
    expect(targets(choose(routes, ask({ 'x-api-key': '' })))).toEqual([['reviews:80/ 1']])
    expect(targets(choose(routes, ask({ 'x-api-key': 'a' })))).toEqual([['ratings:80/ 1']])
  })

  it('leaves a block open that asks for a label of the caller, for callers that have the label (ROUTE-2)', () => {
    const block = (more: object = {}) => ({ match: [{ sourceLabels: { 'api-key': key }, ...more }], route: [to('reviews')] })
    const routes = [
      deployment('shop/holder', { 'api-key': key }),
      deployment('shop/other', { 'api-key': 'none' }),
      http(block(), { route: [to('ratings')] }),
    ]
    for (const from of ['west/shop/holder', 'west/shop/other']) {
      const outcome = choose(routes, { ...ask({}), from })
      expect(open(outcome)).toEqual([['ROUTE_BY_ATTRIBUTE', 'label api-key']])
      expect(targets(outcome)).toEqual(both)
      expect(JSON.stringify(outcome)).toContain('label api-key of the caller of a value that was taken out as a secret')
    }
    const without = choose(routes, ask({}))
    expect([open(without), targets(without)]).toEqual([[], [['ratings:80/ 1']]])
    // Named gateways take the place of source labels.
    const named = choose([...routes.slice(0, 2), http(block({ gateways: ['mesh'] }))], { ...ask({}), from: 'west/shop/holder' })
    expect([open(named), targets(named)]).toEqual([[], [['reviews:80/ 1']]])
  })

  it('leaves a route of connections open in the same way, named gateways or not (ROUTE-2, ROUTE-9)', () => {
    const tcp = (...match: object[]) =>
      virtualService('shop/vs', { hosts: ['ledger'], tcp: [{ match, route: [to('ratings')] }, { route: [to('ledger')] }] })
    const asked = (from: string, ...match: object[]) =>
      choose(
        [
          service('shop/ledger', { clusterIP: '10.0.0.10', ports: [{ name: 'tcp', port: 80 }] }),
          deployment('shop/holder', { 'api-key': key }),
          deployment('shop/plain'),
          tcp(...match),
        ],
        { host: 'ledger', from: `west/shop/${from}` },
      )
    const secret = { sourceLabels: { 'api-key': key } }
    for (const block of [secret, { ...secret, gateways: ['mesh'] }]) {
      const { step, passed } = asked('holder', block)
      expect([passed, step.reason, step.outcome]).toEqual([false, 'INPUT_MISSING', 'UNDETERMINED'])
      expect(step.because.map(({ name, path }) => [name, path])).toEqual([['vs', 'spec.tcp[0].match']])
    }
    expect(targets(asked('plain', secret))).toEqual([['ledger:80/ 1']])
    expect(targets(asked('holder', secret, { port: 80 }))).toEqual([['ratings:80/ 1']])
  })

  it('leaves a delegate open that asks for another value of the same header, since the two may contradict each other (ROUTE-8)', () => {
    const leaf = virtualService('shop/leaf', {
      http: [{ match: [{ headers: { 'x-api-key': { exact: 'none' } } }], route: [to('reviews')] }],
    })
    const root = http({ match: [{ headers: { 'x-api-key': { exact: key } } }], delegate: { name: 'leaf' } }, { route: [to('ratings')] })
    const outcome = choose([root, leaf], ask({ 'x-api-key': 'none' }))
    expect(open(outcome)).toEqual([['ROUTE_BY_ATTRIBUTE', 'header x-api-key']])
    expect(targets(outcome)).toEqual(both)
  })
})

describe('a value that a route puts into requests and that was taken out as a secret', () => {
  const request = { ...openRequest(), path: '/a', headers: { 'x-api-key': 'a', 'x-auth-token': 'a' } }
  const changed = (more: object) => {
    const call = { match: [{ uri: { prefix: '/' } }], route: [to('reviews')], ...more }
    const outcome = choose([http(call)], { ask: request })
    return valueOf(outcome).alternatives.map(({ targets: list }) => list.map((target) => target.request?.headers))
  }

  it('leaves the header open for the policies of the server: set over another, and behind one (ROUTE-7)', () => {
    expect(changed({ headers: { request: { set: { 'x-api-key': key } } } })).toEqual([[{ 'x-auth-token': 'a' }]])
    expect(changed({ headers: { request: { add: { 'x-auth-token': key } } } })).toEqual([[{ 'x-api-key': 'a' }]])
    expect(changed({ headers: { request: { set: { 'x-other': 'b' } } } })).toEqual([
      [{ 'x-api-key': 'a', 'x-auth-token': 'a', 'x-other': 'b' }],
    ])
  })
})

describe('a match of the Gateway API whose value was taken out', () => {
  it('is known to be there, and not what it takes (GWAPI-37)', () => {
    const mark = '<secret removed>'
    const path = { type: 'PathPrefix', value: `/${mark}` }
    const headers = [
      { name: 'x-api-key', value: mark, regex: false },
      { name: 'x-kind', value: '', regex: false },
    ]
    expect(translateMatch({ path, headers, queryParams: [{ name: 'token', value: mark, regex: true }] })).toMatchObject({
      uri: { removed: 'prefix' },
      headers: { 'x-api-key': { removed: 'exact' }, 'x-kind': { exact: '' } },
      queryParams: { token: { removed: 'regex' } },
    })
  })
})
