import { describe, expect, it } from 'vitest'
import { readOne, unreadPaths } from '../read-one.js'

const read = (spec: string) => readOne('networking.istio.io', 'VirtualService', `spec: ${spec}`)
const service = (spec: string) => read(spec).virtualServices.get('n')?.[0]
const route = (http: string) => service(`{ hosts: [web], http: [${http}] }`)?.http[0]

describe('a VirtualService', () => {
  it.each(['{}', 'null'])('of which nothing is said routes nothing and is bound to the mesh, spec %s', (spec) => {
    expect(service(spec)).toMatchObject({ hosts: [], gateways: [], exportTo: [], http: [], tls: [], tcp: [] })
    expect(read(spec).unreadable).toEqual([])
  })

  it('names hosts in whatever case, and they are compared in lower case, a destination’s too', () => {
    expect(service('{ hosts: [Web.Shop] }')?.hosts).toEqual(['web.shop'])
    expect(route('{ route: [{ destination: { host: Web } }] }')?.route).toEqual([{ host: 'web', spelledHost: 'Web', subset: '' }])
  })

  it('tells a weight of nothing from one that is not written (ROUTE-4)', () => {
    const routes = route('{ route: [{ destination: { host: a }, weight: 0 }, { destination: { host: b, port: { number: 80 } } }] }')?.route
    expect(routes).toEqual([
      { host: 'a', subset: '', weight: 0 },
      { host: 'b', subset: '', port: 80 },
    ])
  })

  it.each([
    ['{ exact: /a }', { exact: '/a' }],
    ['{ prefix: /a }', { prefix: '/a' }],
    ['{ regex: "/a.*" }', { regex: '/a.*' }],
    ['{}', { present: true }],
  ])('matches a header by %s, its name in lower case', (match, expected) => {
    expect(route(`{ match: [{ headers: { X-User: ${match} } }] }`)?.match[0]?.headers).toEqual({ 'x-user': expected })
  })

  it('keeps the case of a query parameter, unlike that of a header', () => {
    expect(route('{ match: [{ queryParams: { User: { exact: A } } }] }')?.match[0]?.queryParams).toEqual({ User: { exact: 'A' } })
  })

  it.each([
    ['no fault', '{}', 0],
    ['a delay alone', '{ fault: { delay: { fixedDelay: 5s } } }', 0],
    ['an abort without percentage', '{ fault: { abort: { httpStatus: 503 } } }', 0],
    ['an abort of a part', '{ fault: { abort: { httpStatus: 503, percentage: { value: 12.5 } } } }', 12.5],
    ['an abort with an empty percentage', '{ fault: { abort: { httpStatus: 503, percentage: {} } } }', 0],
    ['the old field', '{ fault: { abort: { httpStatus: 503, percent: 30 } } }', 30],
  ])('with %s aborts so many of a hundred requests', (_, http, percent) => {
    expect(route(http)?.abortPercent).toBe(percent)
  })

  it('ends a request in a redirect, an answer of its own or a delegate, and says so even where the block is empty', () => {
    expect(route('{ redirect: {} }')?.redirect).toEqual({})
    expect(route('{ redirect: { authority: b, uri: /x } }')?.redirect).toEqual({ authority: 'b', uri: '/x' })
    expect(route('{ directResponse: { status: 403 } }')?.directResponse).toEqual({ status: 403 })
    expect(route('{ delegate: { name: d } }')?.delegate).toEqual({ name: 'd' })
    expect(route('{ delegate: { name: d, namespace: m } }')?.delegate).toEqual({ name: 'd', namespace: 'm' })
  })

  it('mirrors to one destination or to several, which are written differently', () => {
    const mirrors = route('{ mirror: { host: a, subset: v2 }, mirrors: [{ destination: { host: b } }] }')?.mirrors
    expect(mirrors?.map(({ host, subset }) => [host, subset])).toEqual([
      ['a', 'v2'],
      ['b', ''],
    ])
  })

  it('changes the authority by a rewrite or a header, and no other pseudo header (ROUTE-7)', () => {
    expect(route('{ rewrite: { authority: b, uri: / } }')?.rewrite).toEqual({ authority: 'b', uri: '/' })
    const headers = route('{ headers: { request: { set: { Host: b, X-A: "1", ":path": /x }, remove: [X-B] } } }')?.headers
    expect(headers).toEqual({ set: { 'x-a': '1' }, add: {}, remove: ['x-b'], authority: 'b' })
    expect(route('{ headers: { response: { set: { a: b } } } }')?.headers).toBeUndefined()
  })

  it('matches plain connections by name, address, port and client (ROUTE-9)', () => {
    const tls = service('{ tls: [{ match: [{ sniHosts: [A.B], port: 443, sourceNamespace: m, sourceLabels: { app: c } }] }] }')?.tls
    expect(tls?.[0]?.match).toEqual([
      { sniHosts: ['a.b'], destinationSubnets: [], port: 443, sourceLabels: { app: 'c' }, sourceNamespace: 'm', gateways: [] },
    ])
  })

  it.each([
    ['hosts', '{ hosts: web }', ['spec.hosts']],
    ['a host', '{ hosts: [1, a] }', ['spec.hosts']],
    ['a route', '{ http: [7] }', ['spec.http[0]']],
    ['a match', '{ http: [{ match: [{ uri: /a }] }] }', ['spec.http[0].match[0].uri']],
    ['the text of a match', '{ http: [{ match: [{ uri: { exact: 5 } }] }] }', ['spec.http[0].match[0].uri']],
    ['a weight', '{ http: [{ route: [{ destination: { host: a }, weight: half }] }] }', ['spec.http[0].route[0].weight']],
    ['a port', '{ tcp: [{ route: [{ destination: { port: 80 } }] }] }', ['spec.tcp[0].route[0].destination.port']],
    ['a header’s value', '{ http: [{ headers: { request: { set: { x-a: [1] } } } }] }', ['spec.http[0].headers.request.set']],
  ])('of which %s has a wrong shape is kept, and the place is noted', (_, spec, paths) => {
    expect(unreadPaths(read(spec))).toEqual(paths)
    expect(service(spec)?.meta.name).toBe('a')
  })

  it('does not set a header that has no value', () => {
    expect(route('{ headers: { request: { set: { x-a: null, x-b: b } } } }')?.headers?.set).toEqual({ 'x-b': 'b' })
  })
})
