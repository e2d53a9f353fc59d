import { describe, expect, it } from 'vitest'
import type { SpokenProtocol } from '#engine/model/question'
import { type Manifest, service, serviceEntry, sidecar, valueOf, virtualService } from '../calling.js'
import { choose, targets, to } from '../routing.js'

const ports = [
  { name: 'http', port: 80 },
  { name: 'tcp', port: 9000 },
  { name: 'any', port: 7000 },
]
const orders = service('shop/orders', { clusterIP: '10.0.0.10', ports })
const bills = service('shop/bills', { clusterIP: '10.0.0.11', ports })
const ordersAlone = './orders.shop.svc.cluster.local'
const egress = (number: number, protocol: string, more: Manifest, hosts: readonly string[] = [ordersAlone]): Manifest => ({
  port: { number, protocol, name: 'own' },
  hosts,
  ...more,
})

/** Where the call goes beside these listeners: its targets, or the reason and how it leaves the mesh. */
function ends(listeners: readonly Manifest[], host: string, port: number, protocol?: SpokenProtocol, more: readonly Manifest[] = []) {
  const objects = [orders, bills, sidecar('shop/default', { egress: listeners }), ...more]
  const outcome = choose(objects, { host, port, ...(protocol === undefined ? {} : { ask: { protocol } }) })
  if (!outcome.passed) return outcome.step.reason
  const { mode } = valueOf(outcome)
  return mode === 'MESH' ? targets(outcome).flat().join() : `${mode} ${outcome.step.reason}`
}

const everything = { hosts: ['./*'] }
const nothing = { hosts: ['~/*'] }
const every = { bind: '0.0.0.0' }
const uncaptured = { captureMode: 'NONE' }

describe('a Sidecar’s listener that nothing is redirected to', () => {
  it.each(['HTTP', 'TCP'])('for %s has no address of its services: what is dialled there passes by (VIS-42)', (protocol) => {
    for (const more of [uncaptured, { ...uncaptured, bind: '127.0.0.9' }])
      expect(ends([egress(80, protocol, more), nothing], 'orders', 80)).toBe('PASSTHROUGH ADDRESS_NOT_CAPTURED')
    expect(ends([egress(80, protocol, { captureMode: 'IPTABLES' }), nothing], 'orders', 80)).toBe('orders:80/ 1')
  })

  it.each<[string, number]>([
    ['HTTP', 80],
    ['TCP', 80],
    ['TCP', 9000],
  ])('for %s leaves port %i to a listener for everything (VIS-42)', (protocol, port) => {
    expect(ends([egress(port, protocol, uncaptured), everything], 'orders', port)).toBe(`orders:${port}/ 1`)
    const isHttp = port === 80
    expect(ends([egress(port, protocol, uncaptured), everything], 'orders', port, 'TCP')).toMatch(isHttp ? /^PASSTHROUGH/ : /^orders/)
  })

  it('has the routes of its port all the same: a host that it does not import is unknown there (VIS-42)', () => {
    expect(ends([egress(80, 'HTTP', uncaptured), everything], 'bills', 80)).toMatch(/^PASSTHROUGH/)
  })

  it('is none of any service where it is for all ports (VIS-42)', () => {
    for (const port of [80, 9000, 7000])
      for (const more of [uncaptured, { bind: '127.0.0.9' }])
        expect(ends([{ ...everything, ...more }], 'orders', port)).toBe('PASSTHROUGH ADDRESS_NOT_CAPTURED')
  })

  it('takes every call of its port where it is bound to every address (VIS-42)', () => {
    expect(ends([egress(80, 'TCP', { ...every, ...uncaptured }), nothing], 'bills', 80)).toBe('orders:80/ 1')
    expect(ends([egress(80, 'HTTP', { ...every, ...uncaptured }), nothing], 'orders', 80)).toBe('orders:80/ 1')
  })
})

describe('a Sidecar’s listener for connections that is bound to every address', () => {
  it.each<SpokenProtocol | undefined>([undefined, 'HTTP', 'TCP', 'TLS', 'SERVER_FIRST'])(
    'takes what goes to the port, whoever is called and whatever is spoken: %s (VIS-42)',
    (protocol) => {
      for (const port of [80, 9000, 7000])
        for (const host of ['orders', 'bills', 'unknown.example.org', '203.0.113.7'])
          expect(ends([egress(port, 'TCP', every), nothing], host, port, protocol)).toBe(`orders:${port}/ 1`)
    },
  )

  it('says whose listener takes the call', () => {
    const objects = [orders, bills, sidecar('shop/default', { egress: [egress(80, 'TCP', every), nothing] })]
    expect(choose(objects, { host: 'bills' }).step).toMatchObject({ reason: 'TAKEN_BY_LISTENER' })
    expect(choose(objects, { host: 'orders' }).step).toMatchObject({ reason: 'DEFAULT_ROUTE' })
  })

  it('is there for the first of several services, the oldest (VIS-42)', () => {
    const old = service('shop/old', { clusterIP: '10.0.0.12', ports })
    const aged = { ...old, metadata: { namespace: 'shop', name: 'old', creationTimestamp: '2020-01-01T00:00:00Z' } }
    const young = (item: Manifest, name: string) => ({
      ...item,
      metadata: { namespace: 'shop', name, creationTimestamp: '2021-01-01T00:00:00Z' },
    })
    const listeners = sidecar('shop/default', { egress: [egress(9000, 'TCP', every, ['./*']), nothing] })
    const objects = [young(orders, 'orders'), aged, young(bills, 'bills'), listeners]
    for (const host of ['orders', 'bills', 'old']) expect(targets(choose(objects, { host, port: 9000 }))).toEqual([['old:9000/ 1']])
  })

  it('leaves connections to addresses that another listener has (VIS-42)', () => {
    const listeners = [egress(9000, 'TCP', every), everything]
    expect([ends(listeners, 'bills', 9000), ends(listeners, 'unknown.example.org', 9000)]).toEqual(['bills:9000/ 1', 'orders:9000/ 1'])
  })

  it('leaves none of the port’s requests to a listener for everything (VIS-42)', () => {
    expect(ends([egress(80, 'TCP', every), everything], 'bills', 80)).toBe('orders:80/ 1')
  })

  it('comes before an entry without an address (VIS-42, DNS-16)', () => {
    const entry = serviceEntry('shop/db', {
      hosts: ['db.example.com'],
      resolution: 'DNS',
      ports: [{ name: 'tcp', number: 9000, protocol: 'TCP' }],
    })
    const listeners = [egress(9000, 'TCP', every), everything]
    expect(ends(listeners, 'db.example.com', 9000, undefined, [entry])).toBe('orders:9000/ 1')
  })

  it('goes by the routes of connections for its service (VIS-42, ROUTE-9)', () => {
    const routes = virtualService('shop/vs', { hosts: ['bills'], tcp: [{ route: [to('orders', { port: { number: 9000 } })] }] })
    const listeners = [egress(9000, 'TCP', every, ['./*']), nothing]
    for (const host of ['bills', 'orders', 'unknown.example.org']) {
      expect(ends(listeners, host, 9000, 'TCP')).toBe('bills:9000/ 1')
      expect(ends(listeners, host, 9000, 'TCP', [routes])).toBe('orders:9000/ 1')
    }
  })

  it('for all ports takes connections for the first of each, and requests go by their hosts (VIS-42)', () => {
    const listeners = [{ ...everything, ...every }]
    expect(ends(listeners, 'orders', 80)).toBe('orders:80/ 1')
    expect(ends(listeners, 'orders', 7000, 'HTTP')).toBe('orders:7000/ 1')
    expect([ends(listeners, 'orders', 9000), ends(listeners, 'orders', 7000, 'TCP')]).toEqual(['bills:9000/ 1', 'bills:7000/ 1'])
  })
})

describe('a Sidecar’s listener that reads a port otherwise than its service declares it', () => {
  it.each<[string, number, SpokenProtocol, string]>([
    ['HTTP', 9000, 'HTTP', 'PASSTHROUGH PROTOCOL_NOT_ROUTED'],
    ['HTTP', 9000, 'TCP', 'PASSTHROUGH PROTOCOL_NOT_ROUTED'],
    ['HTTP', 7000, 'HTTP', 'orders:7000/ 1'],
    ['HTTP', 7000, 'TCP', 'PASSTHROUGH PROTOCOL_NOT_ROUTED'],
    ['TCP', 7000, 'HTTP', 'orders:7000/ 1'],
    ['TCP', 7000, 'TCP', 'orders:7000/ 1'],
  ])('as %s on port %i, called with %s: %s (VIS-42, ROUTE-10)', (protocol, port, spoken, expected) => {
    expect(ends([egress(port, protocol, {}), nothing], 'orders', port, spoken)).toBe(expected)
  })

  it.each(['HTTP', 'TCP'])(
    'has the port’s routes: a request to what only a listener for everything imports gets 404 (%s, VIS-42)',
    (protocol) => {
      const listeners = [egress(7000, protocol, {}), everything]
      expect([
        ends(listeners, 'bills', 7000, 'HTTP'),
        ends(listeners, 'bills', 7000, 'TCP'),
        ends(listeners, 'orders', 7000, 'HTTP'),
      ]).toEqual(['NO_ROUTE', 'bills:7000/ 1', 'orders:7000/ 1'])
    },
  )

  it('leaves the service’s address to a listener for everything (VIS-42)', () => {
    expect(ends([egress(9000, 'HTTP', {}), everything], 'orders', 9000, 'TCP')).toBe('orders:9000/ 1')
  })
})
