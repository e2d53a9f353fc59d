import { describe, expect, it } from 'vitest'
import { ask, cluster, deployment, gatewayProxy, istio, type Manifest, service, told, topology } from './asking.js'

const ledger = 'ledger.bank.svc.cluster.local'
const allow = (operation: Manifest) => istio('AuthorizationPolicy', 'bank/allow', { rules: [{ to: [{ operation }] }] })
const allowWhen = (key: string, values: readonly string[]) =>
  istio('AuthorizationPolicy', 'bank/allow', { rules: [{ when: [{ key, values }] }] })
const route = (...http: readonly Manifest[]) => istio('VirtualService', 'bank/ledger', { hosts: [ledger], http })
const to = (more: Manifest = {}) => [{ destination: { host: ledger }, ...more }]
const mesh = (...more: readonly Manifest[]) =>
  topology([cluster('west', [deployment('shop/client'), deployment('bank/ledger'), service('bank/ledger'), ...more])])
const call = (
  snapshot: ReturnType<typeof mesh>,
  request: { path?: string; headers?: readonly { name: string; value?: string; absent?: boolean }[] },
) => told(ask(snapshot, 'west/shop/client', 'ledger.bank:80', { method: 'GET', ...request }))
const delivered = 'REACHABLE DELIVERED'
const denied = 'UNREACHABLE DENIED at AUTHORIZATION'

describe('the server’s policies see the path that the route has written', () => {
  it.each([
    ['in the place of the prefix that matched (ROUTE-7)', { match: [{ uri: { prefix: '/v1/' } }], rewrite: { uri: '/' } }, '/v1/x', '/x'],
    ['the query stays behind it (ROUTE-7)', { match: [{ uri: { prefix: '/v1/' } }], rewrite: { uri: '/' } }, '/v1/x?a=b', '/x'],
    [
      'in the place of the whole path after an exact match (ROUTE-7)',
      { match: [{ uri: { exact: '/old' } }], rewrite: { uri: '/new' } },
      '/old',
      '/new',
    ],
    ['and after a regular expression (ROUTE-7)', { match: [{ uri: { regex: '/o.*' } }], rewrite: { uri: '/new' } }, '/old/er', '/new'],
    ['before the path where nothing is matched (ROUTE-7)', { rewrite: { uri: '/in/' } }, '/x', '/in/x'],
    [
      'by an expression of its own (ROUTE-7)',
      { rewrite: { uriRegexRewrite: { match: '^/a/([^/]+)$', rewrite: '/b/\\1' } } },
      '/a/x',
      '/b/x',
    ],
    [
      'of two blocks by the one that matches (ROUTE-7)',
      { match: [{ uri: { prefix: '/b/' } }, { uri: { prefix: '/a/' } }], rewrite: { uri: '/' } },
      '/a/x',
      '/x',
    ],
  ])('%s', (_title, http, path, seen) => {
    expect(call(mesh(route({ ...http, route: to() }), allow({ paths: [seen] })), { path })).toBe(delivered)
    expect(call(mesh(route({ ...http, route: to() }), allow({ paths: [path.split('?')[0]] })), { path })).toBe(denied)
  })

  it('an exact match tells the path behind it although the question does not say one (ROUTE-7)', () => {
    const snapshot = mesh(route({ match: [{ uri: { exact: '/old' } }], rewrite: { uri: '/new' }, route: to() }), allow({ paths: ['/new'] }))
    // Any other path meets no route, so that the answer depends on it, but the policy has no say.
    const { verdict, endpoints } = ask(snapshot, 'west/shop/client', 'ledger.bank:80')
    expect([verdict, ...endpoints.map((each) => each.reason)]).toEqual(['AMBIGUOUS', 'DELIVERED'])
  })
})

describe('the server’s policies see the headers that the route has left', () => {
  const header = (value: string) => allowWhen('request.headers[x-k]', [value])
  it.each([
    ['set for all destinations (ROUTE-7)', { headers: { request: { set: { 'X-K': 'v' } } }, route: to() }, header('v'), {}, delivered],
    ['set for one destination (ROUTE-7)', { route: to({ headers: { request: { set: { 'x-k': 'v' } } } }) }, header('v'), {}, delivered],
    [
      'removed (ROUTE-7)',
      { headers: { request: { remove: ['x-k'] } }, route: to() },
      header('v'),
      { headers: [{ name: 'x-k', value: 'v' }] },
      denied,
    ],
    [
      'added behind what is there, of which one is enough (ROUTE-7, AUTHZ-22)',
      { headers: { request: { add: { 'x-k': 'v' } } }, route: to() },
      header('v'),
      { headers: [{ name: 'x-k', value: 'u' }] },
      delivered,
    ],
    [
      'added where there is none (ROUTE-7)',
      { headers: { request: { add: { 'x-k': 'v' } } }, route: to() },
      header('v'),
      { headers: [{ name: 'x-k', absent: true }] },
      delivered,
    ],
    [
      'a single destination’s after the route’s (ROUTE-7)',
      { headers: { request: { set: { 'x-k': 'u' } } }, route: to({ headers: { request: { set: { 'x-k': 'v' } } } }) },
      header('v'),
      {},
      delivered,
    ],
  ])('%s', (_title, http, policy, request, expected) => {
    expect(call(mesh(route(http), policy), request)).toBe(expected)
  })

  it.each([
    ['1.26.8', denied, denied],
    ['1.28.4', denied, denied],
    ['1.28.5', delivered, denied],
    ['1.29.0', denied, denied],
    ['1.29.1', delivered, denied],
    ['1.30.0', delivered, denied],
  ])('entries of one header are looked at one by one, or all as one before: %s (AUTHZ-22)', (version, one, other) => {
    const added = route({ headers: { request: { add: { 'x-k': 'v' } } }, route: to() })
    const controlPlanes = [{ name: 'west', cluster: 'west', version }]
    const asked = (value: string) =>
      call(
        topology([cluster('west', [deployment('shop/client'), deployment('bank/ledger'), service('bank/ledger'), added, header(value)])], {
          controlPlanes,
        }),
        { headers: [{ name: 'x-k', value: 'u' }] },
      )
    const asOne = one === delivered ? denied : delivered
    expect([asked('v'), asked('u,v'), asked('w')]).toEqual([one, asOne, other])
  })

  it('what is added to a header that nobody knows is there all the same, and nothing else is known of it (AUTHZ-22)', () => {
    const added = route({ headers: { request: { add: { 'x-k': 'v' } } }, route: to() })
    expect([call(mesh(added, header('v')), {}), call(mesh(added, header('w')), {})]).toEqual([
      delivered,
      'AMBIGUOUS POLICY_DEPENDS at AUTHORIZATION',
    ])
  })

  it('of several destinations each one has its own (ROUTE-7)', () => {
    const http = {
      route: [
        { ...to({ headers: { request: { set: { 'x-k': 'v' } } } })[0], weight: 50 },
        { destination: { host: 'other' }, weight: 50 },
      ],
    }
    const other = service('bank/other', { selector: { app: 'ledger' } })
    const answer = ask(mesh(route(http), other, header('v')), 'west/shop/client', 'ledger.bank:80', {
      headers: [{ name: 'x-k', absent: true }],
    })
    expect(answer.verdict).toBe('AMBIGUOUS')
  })
})

describe('the server’s policies see the authority that the route has written', () => {
  it.each([
    ['as a rewrite (ROUTE-7, AUTHZ-20)', { rewrite: { authority: 'inner' }, route: to() }],
    ['as a header of the route (ROUTE-7)', { headers: { request: { set: { Host: 'inner' } } }, route: to() }],
    ['as a header of the destination (ROUTE-7)', { route: to({ headers: { request: { set: { ':authority': 'inner' } } } }) }],
  ])('%s', (_title, http) => {
    expect(call(mesh(route(http), allow({ hosts: ['inner'] })), {})).toBe(delivered)
    expect(call(mesh(route(http), allow({ hosts: ['ledger.bank'] })), {})).toBe(denied)
  })
})

describe('a gateway on the way', () => {
  const out = gatewayProxy('out', [{ name: 'http', port: 80, targetPort: 8080 }])
  const entrance = istio('Gateway', 'istio-system/out', {
    selector: { istio: 'out' },
    servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
  })
  const through = (first: Manifest, hosts: readonly string[]) => [
    istio('VirtualService', 'istio-system/in', {
      hosts: [ledger],
      http: [{ ...first, route: [{ destination: { host: 'out.istio-system.svc.cluster.local', port: { number: 80 } } }] }],
    }),
    istio('VirtualService', 'istio-system/on', { hosts, gateways: ['out'], http: [{ match: [{ uri: { prefix: '/b' } }], route: to() }] }),
  ]

  it('routes by what the client’s proxy has written (ROUTE-7, ROUTE-13)', () => {
    const rewritten = through({ rewrite: { uri: '/b', authority: 'inner.example' } }, ['inner.example'])
    expect(call(mesh(...out, entrance, ...rewritten), { path: '/' })).toBe(delivered)
    expect(call(mesh(...out, entrance, ...through({}, [ledger])), { path: '/' })).toBe('UNREACHABLE NO_ROUTE at ROUTE')
  })
})

describe('proxies look at the path in its normal form', () => {
  const only = (match: Manifest) => route({ match: [{ uri: match }], route: to() })
  const planes = (normalization: string) => ({
    controlPlanes: [{ name: 'west', cluster: 'west', version: '1.31.0', meshConfig: { pathNormalization: { normalization } } }],
  })
  const meshAs = (normalization: string, ...more: readonly Manifest[]) =>
    topology(
      [cluster('west', [deployment('shop/client'), deployment('bank/ledger'), service('bank/ledger'), ...more])],
      planes(normalization),
    )
  const unrouted = 'UNREACHABLE NO_ROUTE at ROUTE'
  it.each([
    ['routes (ROUTE-4)', 'DEFAULT', only({ exact: '/a/b' }), '/a/x/../%62', delivered],
    ['routes, without what a client keeps to itself (ROUTE-4)', 'NONE', only({ exact: '/a' }), '/a#b', delivered],
    ['routes, as far as they are told (ROUTE-4)', 'BASE', only({ exact: '/a/b' }), '/a//b', unrouted],
    ['routes, with single slashes (ROUTE-4)', 'MERGE_SLASHES', only({ exact: '/a/b' }), '/a//b', delivered],
    ['no routes (ROUTE-4)', 'NONE', only({ exact: '/a/b' }), '/a/./b', unrouted],
    ['policies (AUTHZ-20)', 'DEFAULT', allow({ paths: ['/a/b'] }), '/a/./b', delivered],
    ['policies that no dots evade (AUTHZ-20)', 'DEFAULT', allow({ paths: ['/open/*'] }), '/open/../secret', denied],
    ['policies, escaped slashes too (AUTHZ-20)', 'DECODE_AND_MERGE_SLASHES', allow({ paths: ['/a/b'] }), '/a%2Fb', delivered],
    ['no policies (AUTHZ-20)', 'NONE', allow({ paths: ['/a/b'] }), '/a/./b', denied],
  ])('%s with %s', (_title, normalization, object, path, expected) => {
    expect(call(meshAs(normalization, object), { path })).toBe(expected)
  })

  it('after a rewrite the server normalises again (ROUTE-7, AUTHZ-20)', () => {
    const rewritten = route({ match: [{ uri: { prefix: '/in/' } }], rewrite: { uri: '/in/../' }, route: to() })
    expect(call(mesh(rewritten, allow({ paths: ['/x'] })), { path: '/in/x' })).toBe(delivered)
  })
})

describe('a block without a header (ROUTE-2)', () => {
  const without = (unwanted: Manifest) => mesh(route({ match: [{ withoutHeaders: { 'x-k': unwanted } }], route: to() }))
  const none = { path: '/', headers: [{ name: 'x-k', absent: true }] }
  it.each([
    ['takes a missing one for empty', { regex: '.*' }, 'UNREACHABLE NO_ROUTE at ROUTE'],
    ['as the empty text is', { exact: '' }, 'UNREACHABLE NO_ROUTE at ROUTE'],
    ['which another text is not', { exact: 'v' }, delivered],
    ['and lets it pass where any value is unwanted', {}, delivered],
  ])('%s', (_title, unwanted, expected) => {
    expect(call(without(unwanted), none)).toBe(expected)
  })
})
