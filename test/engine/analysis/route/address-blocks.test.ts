import { describe, expect, it } from 'vitest'
import type { SpokenProtocol } from '#engine/model/question'
import { type Manifest, service, serviceEntry, sidecar, valueOf, virtualService } from '../calling.js'
import { choose, targets, to } from '../routing.js'

const number = 5432

/** An entry of a year: the order in which listeners are made. */
const entry = (name: string, year: number, addresses: readonly string[], protocol = 'TCP', resolution = 'NONE') =>
  serviceEntry(
    `shop/${name}`,
    { hosts: [`${name}.example.com`], addresses, resolution, ports: [{ name: 'own', number, protocol }] },
    { creationTimestamp: `${year}-01-01T00:00:00Z` },
  )
const block = entry('block', 2020, ['10.7.0.0/24'])
const open = entry('open', 2019, [], 'TCP', 'DNS')

/** Where a connection goes: targets, or how it leaves the mesh. */
function ends(objects: readonly Manifest[], host: string, protocol?: SpokenProtocol, meshConfig?: Manifest): string {
  const outcome = choose(objects, { host, port: number, ...(protocol && { ask: { protocol } }), ...(meshConfig && { meshConfig }) })
  return valueOf(outcome).mode === 'MESH' ? targets(outcome).flat().join() : valueOf(outcome).mode
}

const strict = { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }

describe('a TCP ServiceEntry with a block of addresses (DNS-16, ROUTE-31)', () => {
  it.each<SpokenProtocol | undefined>([undefined, 'TCP', 'TLS', 'HTTP', 'SERVER_FIRST'])(
    'takes what is dialled within, and nothing else: %s',
    (protocol) => {
      expect(ends([block], '10.7.0.9', protocol)).toBe('block:5432/ 1')
      expect(ends([block], '10.7.1.9', protocol)).toBe('PASSTHROUGH')
      expect(ends([block], 'unknown.example.org', protocol)).toBe('PASSTHROUGH')
    },
  )

  it('leaves what is dialled outside to the policy for what is unknown (ROUTE-30)', () => {
    expect(ends([block], '10.7.0.9', 'TCP', strict)).toBe('block:5432/ 1')
    expect(() => ends([block], '10.7.1.9', 'TCP', strict)).toThrow(/BLACKHOLED/)
    expect(() => ends([block], 'unknown.example.org', 'TCP', strict)).toThrow(/BLACKHOLED/)
  })

  it('is called by its own name as if that led into the block', () => {
    const outcome = choose([block], { host: 'block.example.com', port: number })
    expect(targets(outcome)).toEqual([['block:5432/ 1']])
    expect(outcome.passed && outcome.assumptions.map(({ code }) => code)).toEqual(['EXTERNAL_ADDRESS_ASSUMED'])
    expect(ends([block, open], 'block.example.com')).toBe('block:5432/ 1')
  })

  it('has its block beside another’s, and of two around an address the narrower one takes it, whichever comes first', () => {
    const other = entry('other', 2018, ['10.8.0.0/16'])
    expect(ends([block, other], '10.7.0.9')).toBe('block:5432/ 1')
    expect(ends([block, other], '10.8.0.9')).toBe('other:5432/ 1')
    for (const year of [2018, 2022]) {
      const wide = entry('wide', year, ['10.0.0.0/8'])
      expect(ends([block, wide], '10.7.0.9')).toBe('block:5432/ 1')
      expect(ends([block, wide], '10.7.1.9')).toBe('wide:5432/ 1')
      expect(ends([block, wide], 'block.example.com')).toBe('block:5432/ 1')
      expect(ends([block, wide], 'wide.example.com')).toBe('wide:5432/ 1')
    }
  })

  it('gives way to an older one of the same block, written with whatever address of it', () => {
    const older = entry('older', 2018, ['10.7.0.3/24'])
    expect(ends([block, older], '10.7.0.9')).toBe('older:5432/ 1')
    expect(ends([block, older], 'block.example.com')).toBe('older:5432/ 1')
  })

  it('leaves the rest of the port to one without an address', () => {
    for (const all of [open, entry('open', 2022, ['0.0.0.0/0'])]) {
      expect(ends([block, all], '10.7.0.9')).toBe('block:5432/ 1')
      expect(ends([block, all], '10.7.1.9')).toBe('open:5432/ 1')
      expect(ends([block, all], 'unknown.example.org')).toBe('open:5432/ 1')
      expect(ends([block, all], 'open.example.com')).toBe('open:5432/ 1')
    }
  })

  it('has an address beside its block, each with its own listener', () => {
    const both = entry('both', 2020, ['192.0.2.1', '10.7.0.0/24'])
    expect(ends([both], '192.0.2.1')).toBe('both:5432/ 1')
    expect(ends([both], '10.7.0.9')).toBe('both:5432/ 1')
    expect(ends([both], '192.0.2.2')).toBe('PASSTHROUGH')
  })

  it('may be one of IPv6', () => {
    const six = entry('six', 2020, ['2001:db8:7::/48'])
    expect(ends([six], '[2001:db8:7::9]')).toBe('six:5432/ 1')
    expect(ends([six], '[2001:db8:8::9]')).toBe('PASSTHROUGH')
    expect(ends([six], '10.7.0.9')).toBe('PASSTHROUGH')
  })

  it('has routes of connections for parts of it, and the rest itself (ROUTE-9)', () => {
    const other = service('shop/other', { clusterIP: '10.0.0.20', ports: [{ name: 'tcp', port: number }] })
    const routes = virtualService('shop/parts', {
      hosts: ['block.example.com'],
      tcp: [{ match: [{ destinationSubnets: ['10.7.0.0/28'] }], route: [to('other')] }],
    })
    expect(ends([block, other, routes], '10.7.0.9')).toBe('other:5432/ 1')
    expect(ends([block, other, routes], '10.7.0.99')).toBe('block:5432/ 1')
    expect(ends([block, other, routes], '10.7.1.9')).toBe('PASSTHROUGH')
  })

  it('takes requests that are dialled within, where requests to the port are listened for too: addresses decide before bytes do', () => {
    const web = service('shop/web', { clusterIP: '10.7.0.20', ports: [{ name: 'http', port: number }] })
    const away = service('shop/away', { clusterIP: '10.9.0.20', ports: [{ name: 'http', port: number }] })
    for (const protocol of ['HTTP', 'TCP'] as const) expect(ends([block, web], '10.7.0.9', protocol)).toBe('block:5432/ 1')
    expect(ends([block, web], 'web', 'HTTP')).toBe('block:5432/ 1')
    expect(ends([block, web, away], 'away', 'HTTP')).toBe('away:5432/ 1')
    expect(ends([block, web], 'block.example.com', 'HTTP')).toBe('block:5432/ 1')
    expect(ends([block, web], '10.7.1.9', 'TCP')).toBe('PASSTHROUGH')
  })

  it('takes its part of a port without a protocol as connections, requests among them', () => {
    const any = entry('block', 2020, ['10.7.0.0/24'], '')
    for (const protocol of ['HTTP', 'TCP', undefined] as const) {
      expect(ends([any], '10.7.0.9', protocol)).toBe('block:5432/ 1')
      expect(ends([any], '10.7.1.9', protocol)).toBe('PASSTHROUGH')
    }
  })

  it('gives way to a Sidecar’s listener bound to every address, and keeps its block under one for everything (VIS-42)', () => {
    const orders = service('shop/orders', { clusterIP: '10.0.0.10', ports: [{ name: 'tcp', port: number }] })
    const own = { port: { number, protocol: 'TCP', name: 'own' }, bind: '0.0.0.0', hosts: ['./orders.shop.svc.cluster.local'] }
    const everything = { hosts: ['./*'] }
    const beside = (egress: readonly Manifest[]) => [block, orders, sidecar('shop/default', { egress })]
    expect(ends(beside([own, everything]), '10.7.0.9')).toBe('orders:5432/ 1')
    expect(ends(beside([everything]), '10.7.0.9')).toBe('block:5432/ 1')
    expect(ends(beside([everything]), '10.7.1.9')).toBe('PASSTHROUGH')
  })
})
