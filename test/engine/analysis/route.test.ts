import { describe, expect, it } from 'vitest'
import type { ResolvedCall } from '#engine/analysis/client'
import { resolveName } from '#engine/analysis/name'
import { chooseRoute, portsOf } from '#engine/analysis/route'
import { findInScope } from '#engine/analysis/scope'
import {
  blamed,
  calling,
  clientOf,
  deployment,
  destinationRule,
  exportedTo,
  type Manifest,
  namespace,
  service,
  serviceEntry,
  sidecar,
  valueOf,
  virtualService,
  west,
  world,
} from './calling.js'

interface Asked {
  readonly host?: string
  readonly port?: number
  readonly from?: string
  readonly ask?: Partial<ResolvedCall['attributes']>
  readonly meshConfig?: Manifest
  readonly cluster?: Manifest
}

const scoped = (objects: readonly Manifest[], { host = 'reviews', from, ask, meshConfig, cluster }: Asked = {}) => {
  const more = { ...(meshConfig && { meshConfig }), ...(cluster && { cluster }) }
  const client = clientOf(
    world({ clusters: { west: west(service('shop/reviews'), service('shop/ratings', { clusterIP: '10.0.0.8' }), ...objects) }, ...more }),
    from,
  )
  return valueOf(findInScope(valueOf(resolveName(calling(client, host, ask)))))
}
const choose = (objects: readonly Manifest[], asked: Asked = {}) => chooseRoute(scoped(objects, asked), asked.port ?? 80)
/** `host:port/subset share` of every target, alternatives apart. */
const targets = (outcome: ReturnType<typeof choose>) =>
  valueOf(outcome).alternatives.map(({ targets: list, ends }) =>
    ends === undefined
      ? list.map(({ service: { hostname }, port, subset, share }) => `${hostname.split('.')[0]}:${port.number}/${subset} ${share}`)
      : ends.reason,
  )

const to = (host: string, more: Manifest = {}, weight?: number): Manifest => ({
  destination: { host, ...more },
  ...(weight === undefined ? {} : { weight }),
})
const http = (...routes: readonly Manifest[]) => virtualService('shop/vs', { hosts: ['reviews'], http: routes })
const subsetRule = destinationRule('shop/reviews', {
  host: 'reviews',
  subsets: [
    { name: 'v1', labels: { version: 'v1' } },
    { name: 'v2', labels: {} },
  ],
})

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

  it('the first matching route wins (ROUTE-4)', () => {
    const routes = http({ match: [{ uri: { prefix: '/a' } }], route: [to('ratings')] }, { route: [to('reviews')] })
    expect(targets(choose([routes], { ask: { path: '/a/b?x=1' } }))).toEqual([['ratings:80/ 1']])
    expect(targets(choose([routes], { ask: { path: '/b' } }))).toEqual([['reviews:80/ 1']])
  })

  it('an attribute that the question leaves open gives both outcomes, and a condition naming it (ROUTE-4)', () => {
    const routes = http({ match: [{ headers: { 'x-user': { exact: 'jason' } } }], route: [to('ratings')] }, { route: [to('reviews')] })
    const outcome = choose([routes])
    expect(targets(outcome)).toEqual([['ratings:80/ 1'], ['reviews:80/ 1']])
    expect(outcome).toMatchObject({ step: { outcome: 'CONDITIONAL' }, conditions: [{ on: 'header x-user' }] })
    expect(valueOf(outcome).alternatives[0]?.when).toBe('header x-user `jason`')
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

  it('tls routes go by the server name (ROUTE-9)', () => {
    const secure = service('shop/secure', { ports: [{ name: 'tls', port: 443 }] })
    const rule = (sniHosts: readonly string[]) =>
      virtualService('shop/secure', {
        hosts: ['secure'],
        tls: [{ match: [{ port: 443, sniHosts }], route: [to('ratings', { port: { number: 80 } })] }],
      })
    const asked = { host: 'secure', port: 443 }
    expect(targets(choose([secure, rule(['secure.shop.svc.cluster.local'])], asked))).toEqual([['ratings:80/ 1']])
    expect(targets(choose([secure, rule(['elsewhere.example'])], asked))).toEqual([['secure:443/ 1']])
  })

  it('a port without protocol takes http routes where the request is HTTP, and says so where nobody does (ROUTE-10, ROUTE-16)', () => {
    const plain = service('shop/plain', { ports: [{ name: 'any', port: 7000 }] })
    const rule = virtualService('shop/plain', { hosts: ['plain'], http: [{ route: [to('ratings', { port: { number: 80 } })] }] })
    const outcome = choose([plain, rule], { host: 'plain', port: 7000 })
    expect(targets(outcome)).toEqual([['ratings:80/ 1']])
    expect(outcome.assumptions).toMatchObject([{ code: 'PROTOCOL_ASSUMED' }])
  })
})

describe('destinations', () => {
  it('HTTP on a sidecar keeps the port listened on: a destination without that port does not exist (ROUTE-5)', () => {
    const admin = service('shop/admin', { ports: [{ name: 'http', port: 8080 }] })
    expect(choose([admin, http({ route: [to('admin')] })]).step.reason).toBe('UNKNOWN_CLUSTER')
    expect(targets(choose([admin, http({ route: [to('admin', { port: { number: 8080 } })] })]))).toEqual([['admin:8080/ 1']])
  })

  it('a destination that nobody knows, or that is not exported, ends the call (ROUTE-5, ROUTE-6)', () => {
    expect(choose([http({ route: [to('nowhere')] })]).step.reason).toBe('UNKNOWN_CLUSTER')
    const hidden = service('other/hidden', {}, exportedTo('.'))
    const outcome = choose([hidden, http({ route: [to('hidden.other.svc.cluster.local')] })])
    expect(outcome.step.reason).toBe('UNKNOWN_CLUSTER')
    expect(outcome.step.message).toContain('exported only to')
  })

  it('a short destination host belongs to the VirtualService’s namespace (MODEL-19)', () => {
    const foreign = virtualService('other/vs', { hosts: ['reviews.shop.svc.cluster.local'], http: [{ route: [to('ratings')] }] })
    const theirs = service('other/ratings')
    const [list] = valueOf(choose([foreign, theirs])).alternatives
    expect(list?.targets[0]?.service.namespace).toBe('other')
  })

  it('a subset that no DestinationRule in force defines is no cluster (EDS-27)', () => {
    expect(choose([http({ route: [to('reviews', { subset: 'v1' })] })]).step.reason).toBe('UNKNOWN_CLUSTER')
    const outcome = choose([subsetRule, http({ route: [to('reviews', { subset: 'v9' })] })])
    expect(outcome.step.reason).toBe('UNKNOWN_CLUSTER')
    expect(outcome.step.message).toContain('only `v1`, `v2`')
    expect(blamed(outcome)).toEqual(['VirtualService shop/vs spec.http[0].route[0]', 'DestinationRule shop/reviews'])
  })

  it('a subset may stand for one cluster by its label (ROUTE-14)', () => {
    const pin = destinationRule('shop/reviews', {
      host: 'reviews',
      subsets: [{ name: 'west', labels: { 'topology.istio.io/cluster': 'west' } }],
    })
    expect(targets(choose([pin, http({ route: [to('reviews', { subset: 'west' })] })]))).toEqual([['reviews:80/west 1']])
  })

  it('where one of several weighted destinations is missing its part is lost, not shared out (ROUTE-5)', () => {
    const [only] = valueOf(choose([http({ route: [to('reviews', {}, 60), to('nowhere', {}, 40)] })])).alternatives
    expect(only?.targets).toMatchObject([{ share: 0.6 }])
    expect(only?.lost).toMatchObject([{ share: 0.4, reason: 'UNKNOWN_CLUSTER' }])
  })

  it('a destination that is an ExternalName is followed one hop (EDS-13)', () => {
    const alias = service('shop/alias', { type: 'ExternalName', externalName: 'ratings.shop.svc.cluster.local', clusterIP: undefined })
    expect(targets(choose([alias, http({ route: [to('alias')] })]))).toEqual([['ratings:80/ 1']])
  })
})

describe('routes that call nothing', () => {
  it.each([
    [{ redirect: { authority: 'new.example' } }, 'REDIRECTED'],
    [{ directResponse: { status: 503 } }, 'DIRECT_RESPONSE'],
    [{ fault: { abort: { httpStatus: 500, percentage: { value: 100 } } }, route: [to('reviews')] }, 'FAULT_ABORTED'],
  ])('%j ends the call (ROUTE-7)', (route, reason) => {
    expect(choose([http(route)])).toMatchObject({ passed: false, because: 'STOPPED', step: { reason } })
  })

  it('a partial abort takes its part of the traffic (ROUTE-7)', () => {
    const [only] = valueOf(
      choose([http({ fault: { abort: { httpStatus: 500, percentage: { value: 25 } } }, route: [to('reviews')] })]),
    ).alternatives
    expect(only?.targets).toMatchObject([{ share: 0.75 }])
    expect(only?.lost).toMatchObject([{ share: 0.25, reason: 'FAULT_ABORTED' }])
  })
})

describe('delegates', () => {
  const root = (more: Manifest = {}) => http({ ...more, delegate: { name: 'leaf', namespace: 'other' } })
  const leaf = (route: Manifest, exportTo = ['*']) => virtualService('other/leaf', { exportTo, http: [route] })
  const ratings = to('ratings.shop.svc.cluster.local')

  it('a delegate’s routes stand in the root’s place, with its own namespace for short names (VIS-29, ROUTE-8)', () => {
    expect(targets(choose([root(), leaf({ route: [ratings] })]))).toEqual([['ratings:80/ 1']])
  })

  it.each([
    ['missing', []],
    ['not exported to the root’s namespace', [leaf({ route: [ratings] }, ['.'])]],
    ['contradicting the root’s match', [leaf({ match: [{ uri: { prefix: '/b' } }], route: [ratings] })]],
  ])('a route whose delegate is %s is dropped (VIS-29)', (_, objects) => {
    const outcome = choose([root({ match: [{ uri: { prefix: '/a' } }] }), ...objects], { ask: { path: '/a/x' } })
    expect(targets(outcome)).toEqual([['reviews:80/ 1']])
  })

  it('both matches must hold (VIS-29)', () => {
    const objects = [root({ match: [{ uri: { prefix: '/a' } }] }), leaf({ match: [{ method: { exact: 'GET' } }], route: [ratings] })]
    expect(targets(choose(objects, { ask: { path: '/a/x', method: 'GET' } }))).toEqual([['ratings:80/ 1']])
    expect(choose(objects, { ask: { path: '/a/x', method: 'PUT' } }).step.reason).toBe('NO_ROUTE')
  })

  it('a delegate alone is never applied (VIS-29)', () => {
    expect(targets(choose([leaf({ route: [ratings] })]))).toEqual([['reviews:80/ 1']])
  })
})

describe('ports and addresses that no listener takes', () => {
  it('a port that the service does not declare leaves the mesh, or is refused (VIS-31, ROUTE-30)', () => {
    const outcome = choose([], { port: 9999 })
    expect(valueOf(outcome).inScope.mode).toBe('PASSTHROUGH')
    expect(outcome.step).toMatchObject({ reason: 'PORT_NOT_DECLARED' })
    expect(outcome.step.message).toContain('it declares 80')
    const strict = { meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } }
    expect(choose([], { port: 9999, ...strict })).toMatchObject({ passed: false, step: { reason: 'BLACKHOLED' } })
  })

  it('TCP listens on the service’s address only: another address of the name passes by (DNS-3, DNS-16)', () => {
    const entry = serviceEntry('shop/db', {
      hosts: ['db.shop.global'],
      addresses: ['240.0.0.2'],
      location: 'MESH_INTERNAL',
      resolution: 'STATIC',
      ports: [{ name: 'tcp', number: 5432, protocol: 'TCP' }],
      endpoints: [{ address: '10.5.0.1' }],
    })
    const asked = { host: 'db.shop.global', port: 5432, cluster: { dns: { stubDomains: ['global'] } } }
    expect(targets(choose([entry], asked))).toEqual([['db:5432/ 1']])
  })

  it('of two TCP ServiceEntries without address on one port the first takes the calls of both (DNS-16)', () => {
    const entry = (name: string, year: number) =>
      serviceEntry(
        `shop/${name}`,
        { hosts: [`${name}.example.com`], resolution: 'DNS', ports: [{ name: 'tcp', number: 5432, protocol: 'TCP' }] },
        { creationTimestamp: `${year}-01-01T00:00:00Z` },
      )
    const outcome = choose([entry('first', 2020), entry('second', 2021)], { host: 'second.example.com', port: 5432 })
    expect(targets(outcome)).toEqual([['first:5432/ 1']])
  })

  it('an unknown destination on that port is taken as well (ROUTE-31)', () => {
    const entry = serviceEntry('shop/first', {
      hosts: ['first.example.com'],
      resolution: 'DNS',
      ports: [{ name: 'tcp', number: 5432, protocol: 'TCP' }],
    })
    expect(targets(choose([entry], { host: 'unknown.example.org', port: 5432 }))).toEqual([['first:5432/ 1']])
    expect(valueOf(choose([entry], { host: 'unknown.example.org', port: 80 })).inScope.mode).toBe('PASSTHROUGH')
  })

  it('a port that the pod’s annotations keep from the proxy is called directly (ROUTE-33)', () => {
    const excluded = deployment('shop/bypass', {}, { 'traffic.sidecar.istio.io/excludeOutboundPorts': '80' })
    const outcome = choose([excluded], { from: 'west/shop/bypass' })
    expect(valueOf(outcome).inScope.mode).toBe('DIRECT')
    expect(outcome.step.reason).toBe('NOT_CAPTURED')
  })

  it('a workload without proxy is not routed (ROUTE-34)', () => {
    const outcome = choose(
      [
        namespace('legacy', {}),
        deployment('legacy/client'),
        virtualService('shop/vs', { hosts: ['reviews'], http: [{ route: [to('ratings')] }] }),
      ],
      { from: 'west/legacy/client', host: 'reviews.shop' },
    )
    expect(outcome.step).toMatchObject({ outcome: 'NOT_APPLICABLE', reason: 'NOT_ROUTED' })
  })
})

describe('hosts that are no service', () => {
  const foreign = virtualService('shop/edge', { hosts: ['shop.example.com'], http: [{ route: [to('reviews')] }] })

  it('are routed on port 80 where some service listens there (ROUTE-1)', () => {
    expect(targets(choose([foreign], { host: 'shop.example.com' }))).toEqual([['reviews:80/ 1']])
    expect(valueOf(choose([foreign], { host: 'shop.example.com', port: 8080 })).inScope.mode).toBe('PASSTHROUGH')
  })

  it('are routed on the HTTP ports of the VirtualService’s other hosts (ROUTE-1)', () => {
    const admin = service('shop/admin', { ports: [{ name: 'http', port: 8080 }] })
    const both = virtualService('shop/edge', { hosts: ['shop.example.com', 'admin'], http: [{ route: [to('admin')] }] })
    expect(targets(choose([admin, both], { host: 'shop.example.com', port: 8080 }))).toEqual([['admin:8080/ 1']])
  })
})

describe('ports to ask about', () => {
  it('are those the service declares and the Sidecar lets through (VIS-20)', () => {
    const two = service('shop/two', {
      ports: [
        { name: 'http', port: 80 },
        { name: 'http-b', port: 81 },
        { name: 'dns', port: 53, protocol: 'UDP' },
      ],
    })
    expect(portsOf(scoped([two], { host: 'two' }))).toEqual([80, 81])
    const narrow = sidecar('shop/default', { egress: [{ port: { number: 81, protocol: 'HTTP', name: 'b' }, hosts: ['*/*'] }] })
    expect(portsOf(scoped([two, narrow], { host: 'two' }))).toEqual([81])
  })

  it('are the Service’s where the client has no proxy, and none for an unknown host (ROUTE-34)', () => {
    const naked = [namespace('legacy', {}), deployment('legacy/client')]
    expect(portsOf(scoped(naked, { from: 'west/legacy/client', host: 'reviews.shop' }))).toEqual([80])
    expect(portsOf(scoped([], { host: 'api.example.com' }))).toEqual([])
  })
})
