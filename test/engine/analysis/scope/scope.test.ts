import { describe, expect, it } from 'vitest'
import { listenedAt } from '#engine/istiod/scope/listened-at'
import { scopeOf } from '#engine/istiod/scope/scope-of'
import {
  blamed,
  clientOf,
  deployment,
  exportedTo,
  type Manifest,
  service,
  serviceEntry,
  sidecar,
  valueOf,
  west,
  world,
} from '../calling.js'
import { egress, look, reviews } from '../scoping.js'

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
    const { scope } = valueOf(look([two, listeners]))
    const listened = (port: number) => (scope === undefined ? [] : listenedAt(scope, 'reviews.other.svc.cluster.local', port))
    expect(scope?.services.get('reviews.other.svc.cluster.local')?.ports).toEqual([80, 8080])
    expect([listened(80).length, listened(8080).length]).toEqual([0, 1])
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
