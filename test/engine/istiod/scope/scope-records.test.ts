import { describe, expect, it } from 'vitest'
import { scopeOf } from '#engine/istiod/scope/scope-of'
import {
  clientOf,
  deployment,
  exportedTo,
  type Manifest,
  namespace,
  service,
  serviceEntry,
  valueOf,
  virtualService,
  west,
  world,
} from '../../analysis/calling.js'
import { egress, look, reviews } from '../../analysis/scoping.js'

describe('VirtualServices and scope', () => {
  const route = (name: string, host: string, destination: string, more: Manifest = {}) =>
    virtualService(name, { hosts: [host], http: [{ route: [{ destination: { host: destination, ...more } }] }] })

  it('a destination is imported by the route alone: a cluster without a name of its own (VIS-21, DNS-8)', () => {
    const objects = [
      reviews(),
      service('shop/front'),
      egress('./*'),
      route('shop/front', 'front.shop.svc.cluster.local', 'reviews.other.svc.cluster.local'),
    ]
    const outcome = look(objects)
    expect(valueOf(outcome).mode).toBe('PASSTHROUGH')
    expect(valueOf(outcome).scope?.services.get('reviews.other.svc.cluster.local')).toMatchObject({ imported: 'IMPLICIT', ports: [80] })
  })

  it('a route does not import what is not exported to the namespace (VIS-21, ROUTE-6)', () => {
    const objects = [
      reviews(exportedTo('.')),
      egress('./*'),
      route('shop/front', 'front.shop.svc.cluster.local', 'reviews.other.svc.cluster.local'),
    ]
    expect(valueOf(look(objects)).scope?.services.get('reviews.other.svc.cluster.local')).toBeUndefined()
  })

  it('only the ports that the route names are imported (VIS-21)', () => {
    const two = service('other/reviews', {
      ports: [
        { name: 'http', port: 80 },
        { name: 'http-b', port: 81 },
      ],
    })
    const to = (number: number) =>
      route('shop/front', 'front.shop.svc.cluster.local', 'reviews.other.svc.cluster.local', { port: { number } })
    expect(valueOf(look([two, egress('./*'), to(81)])).scope?.services.get('reviews.other.svc.cluster.local')?.ports).toEqual([81])
    expect(valueOf(look([two, egress('./*'), to(99)])).scope?.services.get('reviews.other.svc.cluster.local')).toBeUndefined()
  })

  it.each([
    [['.'], 0],
    [['shop'], 1],
    [['*'], 1],
    [['~'], 0],
    [[], 1],
  ])('exportTo %j of another namespace’s VirtualService offers %i of them (VIS-25)', (exportTo, count) => {
    const foreign = virtualService('other/vs', {
      hosts: ['reviews.other.svc.cluster.local'],
      exportTo,
      http: [{ route: [{ destination: { host: 'reviews' } }] }],
    })
    expect(valueOf(look([reviews(), foreign])).scope?.virtualServices).toHaveLength(count)
  })

  it('a private VirtualService comes before an exported one, that before a public one, whatever their age (VIS-25)', () => {
    const at = (name: string, year: number, exportTo: readonly string[]) =>
      virtualService(
        name,
        { hosts: ['reviews.other.svc.cluster.local'], exportTo, http: [] },
        { creationTimestamp: `${year}-01-01T00:00:00Z` },
      )
    const objects = [reviews(), at('other/public', 2020, ['*']), at('other/named', 2021, ['shop']), at('shop/own', 2022, ['.'])]
    expect(valueOf(look(objects)).scope?.virtualServices.map(({ meta }) => meta.name)).toEqual(['own', 'named', 'public'])
  })

  it('namespaces that are offered the same share one list of those that are bound to sidecars, however many there are (VIS-25, VIS-27)', () => {
    const bound = (name: string, ...gateways: readonly string[]) =>
      virtualService(name, { hosts: ['reviews.other.svc.cluster.local'], gateways, http: [] })
    const objects = [reviews(), bound('other/edge', 'edge'), bound('other/mesh', 'mesh')]
    const snapshot = world({ clusters: { west: west(...objects) } })
    const [one, other] = ['west/shop/client', 'west/other/client'].map((from) => scopeOf(clientOf(snapshot, from)))
    expect(one?.shared.map(({ meta }) => meta.name)).toEqual(['mesh'])
    expect(one?.namespace).not.toBe(other?.namespace)
    expect(one?.shared).toBe(other?.shared)
  })

  it('a wildcard VirtualService enters the scope of a Sidecar that imports one of its names (VIS-26)', () => {
    const wide = virtualService('other/wide', { hosts: ['*.other.svc.cluster.local'], http: [] })
    const taken = valueOf(look([reviews(), wide, egress('other/reviews.other.svc.cluster.local')]))
    expect(taken.scope?.virtualServices).toHaveLength(1)
    expect(valueOf(look([reviews(), wide, egress('shop/*')])).scope?.virtualServices).toHaveLength(0)
  })

  it('one bound only to a gateway does not concern sidecars (VIS-27)', () => {
    const edge = virtualService('other/edge', { hosts: ['reviews.other.svc.cluster.local'], gateways: ['edge'], http: [] })
    const both = virtualService('other/both', { hosts: ['reviews.other.svc.cluster.local'], gateways: ['edge', 'mesh'], http: [] })
    expect(valueOf(look([reviews(), edge, both])).scope?.virtualServices.map(({ meta }) => meta.name)).toEqual(['both'])
  })

  it('one whose only imported host is excluded is not taken, another host of it still takes it (VIS-44)', () => {
    const hosts = ['reviews.other.svc.cluster.local', 'ratings.other.svc.cluster.local']
    const exclude = egress('*/*', '~other/reviews.other.svc.cluster.local')
    const one = virtualService('other/vs', { hosts: hosts.slice(0, 1), http: [] })
    const two = virtualService('other/vs', { hosts, http: [] })
    expect(valueOf(look([reviews(), exclude, one])).scope?.virtualServices).toHaveLength(0)
    expect(valueOf(look([reviews(), exclude, two])).scope?.virtualServices).toHaveLength(1)
  })
})

describe('one hostname in several namespaces', () => {
  const entry = (name: string, year: number, more: Manifest = {}) =>
    serviceEntry(
      name,
      { hosts: ['api.example.com'], resolution: 'DNS', ports: [{ name: 'http', number: 80, protocol: 'HTTP' }], ...more },
      { creationTimestamp: `${year}-01-01T00:00:00Z` },
    )
  const chosen = (objects: readonly Manifest[]) => valueOf(look(objects, { host: 'api.example.com' })).service?.namespace

  it('the consumer’s own record comes first (VIS-11, VIS-22)', () => {
    expect(chosen([entry('other/api', 2020), entry('shop/api', 2024)])).toBe('shop')
  })

  it('else the first: exported to it by name before public, the oldest before younger ones (VIS-22)', () => {
    expect(chosen([entry('a/api', 2020), entry('b/api', 2024)])).toBe('a')
    expect(chosen([entry('a/api', 2020), entry('b/api', 2024, { exportTo: ['shop'] })])).toBe('b')
  })

  it('an egress list of exact hosts takes the oldest, whatever its export; a wildcard beside it restores the order (VIS-43)', () => {
    const records = [entry('a/api', 2020), entry('b/api', 2024, { exportTo: ['shop'] })]
    expect(chosen([...records, egress('a/api.example.com', 'b/api.example.com')])).toBe('a')
    expect(chosen([...records, egress('a/api.example.com', 'b/*')])).toBe('b')
  })

  it('the record that is not used is explained by the one that is (VIS-22)', () => {
    const { scope } = valueOf(look([entry('other/api', 2020), entry('shop/api', 2024)], { host: 'api.example.com' }))
    const record = scope?.view.service('api.example.com', 'other')
    expect(record && scope?.whyHidden(record).reason).toBe('HOSTNAME_SHADOWED')
  })
})

describe('clients without a scope, and what changes it unseen', () => {
  it('a workload without proxy is not concerned by what is hidden (ROUTE-34, VIS-30)', () => {
    const objects = [namespace('legacy', {}), deployment('legacy/client'), reviews(exportedTo('.'))]
    const outcome = look(objects, { from: 'west/legacy/client' })
    expect(valueOf(outcome)).toMatchObject({ mode: 'DIRECT', scope: undefined })
    expect(outcome.step.outcome).toBe('NOT_APPLICABLE')
  })

  it('an ExternalName stands for the service it names, and is seen where that one is (EDS-13)', () => {
    const alias = service('shop/alias', { type: 'ExternalName', externalName: 'reviews.other.svc.cluster.local', clusterIP: undefined })
    expect(valueOf(look([reviews(), alias], { host: 'alias' })).service?.hostname).toBe('reviews.other.svc.cluster.local')
    expect(valueOf(look([reviews(exportedTo('.')), alias], { host: 'alias' })).mode).toBe('PASSTHROUGH')
  })

  it('a Sidecar trims an alias by the list of the namespace it leads to (VIS-23)', () => {
    const alias = service('shop/alias', { type: 'ExternalName', externalName: 'reviews.other.svc.cluster.local', clusterIP: undefined })
    const without = egress('other/reviews.other.svc.cluster.local')
    const naming = egress('other/reviews.other.svc.cluster.local', 'other/alias.shop.svc.cluster.local')
    expect(valueOf(look([reviews(), alias, without], { host: 'alias' })).mode).toBe('PASSTHROUGH')
    expect(valueOf(look([reviews(), alias, naming], { host: 'alias' })).mode).toBe('MESH')
  })

  it('scopes are shared by the clients of a namespace (VIS-13)', () => {
    const snapshot = world({ clusters: { west: west(deployment('shop/cart')) } })
    expect(scopeOf(clientOf(snapshot))).toBe(scopeOf(clientOf(snapshot, 'west/shop/cart')))
  })
})
