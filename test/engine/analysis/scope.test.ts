import { describe, expect, it } from 'vitest'
import { resolveName } from '#engine/analysis/name'
import { scopeOf } from '#engine/analysis/scope-of'
import { findInScope } from '#engine/analysis/scope'
import {
  blamed,
  calling,
  clientOf,
  deployment,
  envoyFilter,
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
  readonly from?: string
  readonly host?: string
  readonly meshConfig?: Manifest
  readonly version?: string
}

const look = (objects: readonly Manifest[], { from, host = 'reviews.other', ...more }: Asked = {}) => {
  const client = clientOf(world({ clusters: { west: west(...objects) }, ...more }), from)
  return findInScope(valueOf(resolveName(calling(client, host))))
}
const reviews = (annotations: Manifest = {}) => service('other/reviews', {}, annotations)
const egress = (...hosts: readonly string[]) => sidecar('shop/default', { egress: [{ hosts }] })

describe('exportTo of services', () => {
  it.each([
    ['*', 'MESH'],
    ['shop', 'MESH'],
    ['other, shop', 'MESH'],
    ['.', 'PASSTHROUGH'],
    ['elsewhere', 'PASSTHROUGH'],
    ['~', 'PASSTHROUGH'],
    ['~,*', 'MESH'],
    ['~,shop', 'PASSTHROUGH'],
  ])('exportTo `%s` of another namespace’s service: %s (VIS-1, VIS-2, VIS-4)', (list, mode) => {
    expect(valueOf(look([reviews(exportedTo(list))])).mode).toBe(mode)
  })

  it('without exportTo the mesh’s default decides (VIS-1)', () => {
    expect(valueOf(look([reviews()], { meshConfig: { defaultServiceExportTo: ['.'] } })).mode).toBe('PASSTHROUGH')
    expect(valueOf(look([reviews(exportedTo('*'))], { meshConfig: { defaultServiceExportTo: ['.'] } })).mode).toBe('MESH')
  })

  it('the own namespace sees what is private to it, and nobody sees `~` (VIS-2)', () => {
    expect(valueOf(look([reviews(exportedTo('.'))], { from: 'west/other/client' })).mode).toBe('MESH')
    expect(valueOf(look([reviews(exportedTo('~'))], { from: 'west/other/client' })).mode).toBe('PASSTHROUGH')
  })

  it('the hidden service is blamed, and said to be reachable in plaintext all the same (VIS-6, VIS-31)', () => {
    const outcome = look([reviews(exportedTo('.'))])
    expect(outcome.step.reason).toBe('HIDDEN_PASSTHROUGH')
    expect(outcome.step.message).toContain('exported only to `other`')
    expect(blamed(outcome)[0]).toContain('Service other/reviews metadata.annotations')
  })

  it('REGISTRY_ONLY refuses what is hidden (VIS-31, ROUTE-30)', () => {
    const outcome = look([reviews(exportedTo('.'))], { meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } })
    expect(outcome).toMatchObject({ passed: false, because: 'STOPPED', step: { reason: 'BLACKHOLED' } })
  })

  it('an unknown external host is passed on, not hidden (VIS-31)', () => {
    expect(look([], { host: 'api.example.com' }).step.reason).toBe('UNKNOWN_PASSTHROUGH')
  })
})

describe('egress hosts of a Sidecar', () => {
  it.each([
    [['*/*'], 'MESH'],
    [['other/*'], 'MESH'],
    [['other/reviews.other.svc.cluster.local'], 'MESH'],
    [['*/reviews.other.svc.cluster.local'], 'MESH'],
    [['*/*.other.svc.cluster.local'], 'MESH'],
    [['./*'], 'PASSTHROUGH'],
    [['shop/*'], 'PASSTHROUGH'],
    [['other/reviews'], 'PASSTHROUGH'],
    [['other/ratings.other.svc.cluster.local'], 'PASSTHROUGH'],
    [['reviews.other.svc.cluster.local'], 'PASSTHROUGH'],
    [['~/*'], 'PASSTHROUGH'],
  ])('%j: %s (VIS-17, VIS-18)', (hosts, mode) => {
    expect(valueOf(look([reviews(), egress(...hosts)])).mode).toBe(mode)
  })

  it('a Sidecar without the host hides it, and is blamed with its list (VIS-18)', () => {
    const outcome = look([reviews(), egress('./*')])
    expect(outcome.step.reason).toBe('HIDDEN_PASSTHROUGH')
    expect(blamed(outcome)).toEqual(['Sidecar shop/default spec.egress[0].hosts', 'Service other/reviews'])
  })

  it('a Sidecar cannot reveal what is not exported (VIS-19)', () => {
    expect(valueOf(look([reviews(exportedTo('.')), egress('*/*')])).mode).toBe('PASSTHROUGH')
  })

  it.each([
    ['1.31.0', ['*/*', '~other/reviews.other.svc.cluster.local'], 'PASSTHROUGH'],
    ['1.31.0', ['*/*', '~/*'], 'PASSTHROUGH'],
    ['1.30.0', ['*/*', '~/*'], 'MESH'],
    ['1.31.0', ['*/*', '~shop/*'], 'MESH'],
  ])('in %s %j means %s: `~` excludes since 1.31 (VIS-17)', (version, hosts, mode) => {
    expect(valueOf(look([reviews(), egress(...hosts)], { version })).mode).toBe(mode)
  })

  it('a wildcard service is imported only by an entry that covers all of it (VIS-18)', () => {
    const entry = serviceEntry('other/wild', {
      hosts: ['*.example.com'],
      resolution: 'NONE',
      ports: [{ name: 'http', number: 80, protocol: 'HTTP' }],
    })
    expect(valueOf(look([entry, egress('*/*.com')], { host: 'a.example.com' })).mode).toBe('MESH')
    expect(valueOf(look([entry, egress('*/a.example.com')], { host: 'a.example.com' })).mode).toBe('PASSTHROUGH')
  })

  it('an egress listener with a port imports that port only (VIS-20)', () => {
    const two = service('other/reviews', {
      ports: [
        { name: 'http', port: 80 },
        { name: 'http-admin', port: 8080 },
      ],
    })
    const narrow = sidecar('shop/default', { egress: [{ port: { number: 8080, protocol: 'HTTP', name: 'http' }, hosts: ['*/*'] }] })
    const scope = valueOf(look([two, narrow])).scope
    expect(scope?.services.get('reviews.other.svc.cluster.local')?.ports).toEqual([8080])
    const missing = sidecar('shop/default', { egress: [{ port: { number: 9999, protocol: 'HTTP', name: 'http' }, hosts: ['*/*'] }] })
    expect(valueOf(look([two, missing])).mode).toBe('PASSTHROUGH')
  })

  it('a listener with a port owns HTTP on it: what only the catch-all imports is unknown there (VIS-42)', () => {
    const listeners = sidecar('shop/default', {
      egress: [{ port: { number: 80, protocol: 'HTTP', name: 'http' }, hosts: ['./*'] }, { hosts: ['*/*'] }],
    })
    const two = service('other/reviews', {
      ports: [
        { name: 'http', port: 80 },
        { name: 'http-admin', port: 8080 },
      ],
    })
    expect(valueOf(look([two, listeners])).scope?.services.get('reviews.other.svc.cluster.local')?.ports).toEqual([8080])
  })
})

describe('which Sidecar applies', () => {
  const closed = (name: string, spec: Manifest = {}, created = '2024-01-01T00:00:00Z') =>
    sidecar(name, { egress: [{ hosts: ['./nothing.example'] }], ...spec }, { creationTimestamp: created })
  const open = (name: string, spec: Manifest = {}, created = '2024-01-01T00:00:00Z') =>
    sidecar(name, { egress: [{ hosts: ['*/*'] }], ...spec }, { creationTimestamp: created })
  const selecting = (app: string) => ({ workloadSelector: { labels: { app } } })

  it('one that selects the workload comes before one of the whole namespace (VIS-14)', () => {
    expect(valueOf(look([reviews(), closed('shop/default'), open('shop/mine', selecting('client'))])).mode).toBe('MESH')
  })

  it('one that selects other workloads does not concern this one (VIS-14)', () => {
    expect(valueOf(look([reviews(), closed('shop/theirs', selecting('cart'))])).mode).toBe('MESH')
  })

  it('of two the oldest counts, and they are not merged (VIS-14)', () => {
    expect(valueOf(look([reviews(), closed('shop/b', {}, '2024-01-01T00:00:00Z'), open('shop/a', {}, '2024-06-01T00:00:00Z')])).mode).toBe(
      'PASSTHROUGH',
    )
  })

  it('the root namespace’s applies where the namespace has none that matches (VIS-14)', () => {
    expect(valueOf(look([reviews(), closed('istio-system/default')])).mode).toBe('PASSTHROUGH')
    expect(valueOf(look([reviews(), closed('istio-system/default'), open('shop/default')])).mode).toBe('MESH')
    expect(valueOf(look([reviews(), closed('istio-system/mine', selecting('client'))])).mode).toBe('MESH')
  })

  it('`.` in the root namespace’s Sidecar means the consumer’s namespace (VIS-15)', () => {
    const root = sidecar('istio-system/default', { egress: [{ hosts: ['./*'] }] })
    expect(valueOf(look([reviews(), root], { from: 'west/other/client' })).mode).toBe('MESH')
    expect(valueOf(look([reviews(), root])).mode).toBe('PASSTHROUGH')
  })

  it('without egress it takes everything (VIS-16)', () => {
    expect(valueOf(look([reviews(), sidecar('shop/default', {})])).mode).toBe('MESH')
  })

  it('its outbound policy replaces the mesh’s, and an empty block is REGISTRY_ONLY (VIS-24, MODEL-2)', () => {
    const meshConfig = { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }
    const allow = sidecar('shop/default', { egress: [{ hosts: ['./*'] }], outboundTrafficPolicy: { mode: 'ALLOW_ANY' } })
    expect(valueOf(look([reviews(), allow], { meshConfig })).mode).toBe('PASSTHROUGH')
    const empty = sidecar('shop/default', { egress: [{ hosts: ['./*'] }], outboundTrafficPolicy: {} })
    expect(look([reviews(), empty]).step.reason).toBe('BLACKHOLED')
  })

  it('scope follows the namespace and labels of the client, not its identity (VIS-30)', () => {
    const snapshot = world({ clusters: { west: west(deployment('shop/cart'), closed('shop/mine', selecting('cart'))) } })
    expect(scopeOf(clientOf(snapshot, 'west/shop/cart'))?.sidecar?.meta.name).toBe('mine')
    expect(scopeOf(clientOf(snapshot))?.sidecar).toBeUndefined()
  })
})

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

  it('an EnvoyFilter on the client’s proxy is said not to be followed (ROUTE-15)', () => {
    expect(look([reviews(), envoyFilter('shop/lua')]).assumptions.map(({ code }) => code)).toContain('ENVOY_FILTER_NOT_MODELLED')
    const elsewhere = envoyFilter('shop/lua', { workloadSelector: { labels: { app: 'cart' } } })
    expect(look([reviews(), elsewhere]).assumptions.map(({ code }) => code)).not.toContain('ENVOY_FILTER_NOT_MODELLED')
  })

  it('scopes are shared by the clients of a namespace (VIS-13)', () => {
    const snapshot = world({ clusters: { west: west(deployment('shop/cart')) } })
    expect(scopeOf(clientOf(snapshot))).toBe(scopeOf(clientOf(snapshot, 'west/shop/cart')))
  })
})
