import { describe, expect, it } from 'vitest'
import {
  blamed,
  calling,
  clientOf,
  destinationRule,
  exportedTo,
  type Manifest,
  service,
  valueOf,
  virtualService,
  west,
  world,
} from '../calling.js'
import { choose, http, routeOf, subsetRule, targets, to } from '../routing.js'

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
    expect(outcome.step.message).toContain('only `v1` and `v2`')
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

  it.each([
    ['the listener’s port', 'ratings:80/ 1', [{ name: 'http', port: 80 }]],
    ['another port', 'UNKNOWN_CLUSTER', [{ name: 'http', port: 8080 }]],
    ['no port', 'UNKNOWN_CLUSTER', []],
  ])('an ExternalName that declares %s as destination of an http route gives %s (EDS-13, ROUTE-5)', (_title, expected, ports) => {
    const alias = service('shop/alias', {
      type: 'ExternalName',
      externalName: 'ratings.shop.svc.cluster.local',
      clusterIP: undefined,
      ports,
    })
    const outcome = choose([alias, http({ route: [to('alias')] })])
    expect(outcome.passed ? targets(outcome).flat().join() : outcome.step.reason).toBe(expected)
  })

  it('a destination that is an ExternalName is followed one hop (EDS-13)', () => {
    const alias = service('shop/alias', { type: 'ExternalName', externalName: 'ratings.shop.svc.cluster.local', clusterIP: undefined })
    expect(targets(choose([alias, http({ route: [to('alias')] })]))).toEqual([['ratings:80/ 1']])
  })

  const aliasFor = (externalName: string, exportTo: string) =>
    service('shop/alias', { type: 'ExternalName', externalName, clusterIP: undefined }, exportedTo(exportTo))

  it.each([
    ['nobody', '~', '`alias.shop.svc.cluster.local` is exported to nobody (exportTo `~`)'],
    ['its own namespace', '.', undefined],
    ['another namespace', 'billing', '`alias.shop.svc.cluster.local` is exported only to `billing`, not to `shop`'],
  ])('where the ExternalName is exported to %s an http route goes by that (VIS-2, EDS-13, ROUTE-5)', (_title, exportTo, why) => {
    const outcome = choose([aliasFor('ratings.shop.svc.cluster.local', exportTo), http({ route: [to('alias')] })])
    if (why === undefined) expect(targets(outcome)).toEqual([['ratings:80/ 1']])
    else expect(outcome.step).toMatchObject({ reason: 'UNKNOWN_CLUSTER', message: expect.stringContaining(`, as ${why}`) })
  })

  it('a tcp route looks in all that the proxy has, which a route brings in from its own namespace unasked (VIS-21, EDS-13)', () => {
    const db = service('shop/db', { ports: [{ name: 'tcp', port: 5432 }], clusterIP: '10.0.0.9' })
    const routes = virtualService('shop/vs', { hosts: ['db'], tcp: [{ route: [to('alias', { port: { number: 80 } })] }] })
    const objects = [db, aliasFor('ratings.shop.svc.cluster.local', '~'), routes]
    expect(targets(choose(objects, { host: 'db', port: 5432 }))).toEqual([['ratings:80/ 1']])
  })

  it('and says where an ExternalName leads that the proxy does not have (EDS-13, ROUTE-5)', () => {
    const alias = (name: string, externalName: string) =>
      service(`shop/${name}`, { type: 'ExternalName', externalName, clusterIP: undefined })
    const far = alias('far', 'api.example.com')
    const told = (host: string, ...more: readonly Manifest[]) => choose([far, ...more, http({ route: [to(host)] })]).step.message
    expect(told('far')).toContain('as `far.shop.svc.cluster.local` stands for `api.example.com`, which is no service that')
    expect(told('twice', alias('twice', 'far.shop.svc.cluster.local'))).toContain('followed one step only')
  })
})

describe('DestinationRules on the way', () => {
  it('the rule of the routed host does not apply to the destination (ROUTE-26)', () => {
    const rule = destinationRule('shop/reviews', { host: 'reviews', trafficPolicy: { tls: { mode: 'DISABLE' } } })
    const [only] = valueOf(choose([rule, http({ route: [to('ratings')] })])).alternatives
    expect(only?.targets[0]?.rule).toBeUndefined()
  })

  it('each client has the rules of its own control plane: a subset may exist for one and not for the other (ROUTE-28, FLOW-2)', () => {
    const objects = west(service('shop/reviews'), http({ route: [to('reviews', { subset: 'v1' })] }))
    const snapshot = world({ clusters: { west: [...objects, subsetRule], east: objects } })
    const ask = (place: string) => routeOf(calling(clientOf(snapshot, place), 'reviews'), 80)
    expect(targets(ask('west/shop/client'))).toEqual([['reviews:80/v1 1']])
    expect(ask('east/shop/client').step.reason).toBe('UNKNOWN_CLUSTER')
  })

  it('a route of the own namespace reaches what exportTo hides even there (VIS-3)', () => {
    const hidden = service('shop/hidden', {}, exportedTo('.,~'))
    expect(targets(choose([hidden, http({ route: [to('hidden')] })]))).toEqual([['hidden:80/ 1']])
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
