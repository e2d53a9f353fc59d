import { describe, expect, it } from 'vitest'
import { deployment, namespace, service, serviceEntry, sidecar, valueOf, virtualService } from '../calling.js'
import { choose, portsAsked, targets, to } from '../routing.js'

describe('ports and addresses that no listener takes', () => {
  it('a port that the service does not declare leaves the mesh, or is refused (VIS-31, ROUTE-30)', () => {
    const outcome = choose([], { port: 9999 })
    expect(valueOf(outcome).mode).toBe('PASSTHROUGH')
    expect(outcome.step).toMatchObject({ reason: 'PORT_NOT_DECLARED' })
    expect(outcome.step.message).toContain('it declares 80')
    const strict = { meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } }
    expect(choose([], { port: 9999, ...strict })).toMatchObject({ passed: false, step: { reason: 'BLACKHOLED' } })
  })

  it('a port that only a record has which another hides is no Sidecar’s doing (VIS-22)', () => {
    const entry = (place: string, number: number) =>
      serviceEntry(place, {
        hosts: ['api.example.com'],
        ports: [{ number, name: `http-${number}`, protocol: 'HTTP' }],
        resolution: 'DNS',
      })
    const outcome = choose([entry('shop/own', 80), entry('bank/other', 8080)], { host: 'api.example.com', port: 8080 })
    expect(outcome.step).toMatchObject({ reason: 'PORT_NOT_DECLARED' })
    expect(outcome.step.message).not.toContain('Sidecar')
    expect(outcome.step.message).toContain('only in ServiceEntry `bank/other`')
    expect(outcome.step.because.map(({ name }) => name)).toEqual(expect.arrayContaining(['own', 'other']))
  })

  it.each(['HTTP', 'TCP'])('an egress listener for %s with a `bind` listens there, not on the service’s address (VIS-42)', (protocol) => {
    const bound = (bind: Record<string, string>) =>
      choose(
        [
          service('shop/orders', { clusterIP: '10.0.0.9', ports: [{ name: protocol.toLowerCase(), port: 80, targetPort: 8080 }] }),
          sidecar('shop/default', { egress: [{ port: { number: 80, protocol, name: 'own' }, ...bind, hosts: ['./*'] }] }),
        ],
        { host: 'orders' },
      )
    expect(valueOf(bound({})).mode).toBe('MESH')
    const outcome = bound({ bind: '127.0.0.9' })
    expect(valueOf(outcome).mode).toBe('PASSTHROUGH')
    expect(outcome.step).toMatchObject({ reason: 'ADDRESS_NOT_CAPTURED' })
  })

  it.each(['HTTP', 'TCP'])(
    'a listener for everything takes what comes for %s to the service’s address beside one with a `bind` (VIS-42)',
    (protocol) => {
      const outcome = choose(
        [
          service('shop/orders', { clusterIP: '10.0.0.9', ports: [{ name: protocol.toLowerCase(), port: 80, targetPort: 8080 }] }),
          sidecar('shop/default', {
            egress: [
              { port: { number: 80, protocol, name: 'own' }, bind: '127.0.0.9', hosts: ['./orders.shop.svc.cluster.local'] },
              { hosts: ['./*'] },
            ],
          }),
        ],
        { host: 'orders' },
      )
      expect(valueOf(outcome).mode).toBe('MESH')
    },
  )

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
    expect(valueOf(choose([entry], { host: 'unknown.example.org', port: 80 })).mode).toBe('PASSTHROUGH')
    const meshConfig = { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }
    for (const more of [{}, { ask: { protocol: 'HTTP' as const } }, { meshConfig }, { meshConfig, ask: { protocol: 'HTTP' as const } }])
      for (const host of ['unknown.example.org', '203.0.113.7'])
        expect(targets(choose([entry], { host, port: 5432, ...more }))).toEqual([['first:5432/ 1']])
  })

  it('a block of one address is that address (DNS-16)', () => {
    const entry = serviceEntry('shop/meta', {
      hosts: ['meta.example'],
      addresses: ['192.0.2.254/32'],
      ports: [{ name: 'http', number: 80, protocol: 'HTTP' }],
      resolution: 'STATIC',
      endpoints: [{ address: '192.0.2.254' }],
    })
    expect(targets(choose([entry], { host: '192.0.2.254' }))).toEqual([['meta:80/ 1']])
  })

  it('a port that the pod’s annotations keep from the proxy is called directly (ROUTE-33)', () => {
    const excluded = deployment('shop/bypass', {}, { 'traffic.sidecar.istio.io/excludeOutboundPorts': '80' })
    const outcome = choose([excluded], { from: 'west/shop/bypass' })
    expect(valueOf(outcome).mode).toBe('DIRECT')
    expect(outcome.step.reason).toBe('NOT_CAPTURED')
  })

  it.each([
    [{ excludeOutboundIPRanges: '10.0.0.0/24' }, '10.0.0.8', true],
    [{ excludeOutboundIPRanges: '192.0.2.0/24, 10.0.0.8/32' }, '10.0.0.8', true],
    [{ excludeOutboundIPRanges: '192.0.2.0/24' }, '10.0.0.8', false],
    [{ excludeOutboundIPRanges: '0.0.0.0/0' }, undefined, true],
    [{ excludeOutboundIPRanges: '10.0.0.0/8' }, undefined, false],
    [{ includeOutboundIPRanges: '*' }, '10.0.0.8', false],
    [{ includeOutboundIPRanges: '10.0.0.0/24' }, '10.0.0.8', false],
    [{ includeOutboundIPRanges: '172.16.0.0/12' }, '10.0.0.8', true],
    [{ includeOutboundIPRanges: '172.16.0.0/12' }, undefined, false],
    [{ includeOutboundIPRanges: '172.16.0.0/12', includeOutboundPorts: '80' }, '10.0.0.8', false],
    [{ includeOutboundIPRanges: '', includeOutboundPorts: '81' }, '10.0.0.8', true],
    [{ excludeOutboundIPRanges: '10.0.0.0/24', includeOutboundPorts: '80' }, '10.0.0.8', true],
  ] as [Readonly<Record<string, string>>, string | undefined, boolean][])(
    'with %j a Service at %s is called past the proxy: %s (ROUTE-33)',
    (ranges, clusterIP, past) => {
      const annotations = Object.fromEntries(Object.entries(ranges).map(([key, value]) => [`traffic.sidecar.istio.io/${key}`, value]))
      const objects = [deployment('shop/bypass', {}, annotations), service('shop/orders', { clusterIP })]
      const outcome = choose(objects, { from: 'west/shop/bypass', host: 'orders' })
      expect(valueOf(outcome).mode).toBe(past ? 'DIRECT' : 'MESH')
      expect(outcome.step.reason === 'NOT_CAPTURED').toBe(past)
    },
  )

  it('ranges of Services alone leave the automatic address of a ServiceEntry out (ROUTE-33, DNS-15)', () => {
    const entry = serviceEntry('shop/db', {
      hosts: ['db.example'],
      resolution: 'DNS',
      ports: [{ name: 'tcp', number: 5432, protocol: 'TCP' }],
    })
    const only = deployment('shop/bypass', {}, { 'traffic.sidecar.istio.io/includeOutboundIPRanges': '10.0.0.0/8' })
    const asked = { from: 'west/shop/bypass', host: 'db.example', port: 5432, cluster: { dns: { capture: true } } }
    expect(choose([entry, only], asked).step.reason).toBe('NOT_CAPTURED')
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
    expect(valueOf(choose([foreign], { host: 'shop.example.com', port: 8080 })).mode).toBe('PASSTHROUGH')
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
    expect(portsAsked([two], { host: 'two' })).toEqual([80, 81])
    const narrow = sidecar('shop/default', { egress: [{ port: { number: 81, protocol: 'HTTP', name: 'b' }, hosts: ['*/*'] }] })
    expect(portsAsked([two, narrow], { host: 'two' })).toEqual([81])
  })

  it('are the Service’s where the client has no proxy, and none for an unknown host (ROUTE-34)', () => {
    const naked = [namespace('legacy', {}), deployment('legacy/client')]
    expect(portsAsked(naked, { from: 'west/legacy/client', host: 'reviews.shop' })).toEqual([80])
    expect(portsAsked([], { host: 'api.example.com' })).toEqual([])
  })
})
