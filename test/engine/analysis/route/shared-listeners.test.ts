import { describe, expect, it } from 'vitest'
import type { SpokenProtocol } from '#engine/model/question'
import { deployment, type Manifest, service, serviceEntry, valueOf, virtualService } from '../calling.js'
import { choose, targets, to } from '../routing.js'

const number = 5432

/** An entry of a year: the order in which listeners are made. */
const entry = (name: string, year: number, protocol: string, addresses: readonly string[], host = `${name}.example.com`) =>
  serviceEntry(
    `shop/${name}`,
    { hosts: [host], addresses, resolution: 'STATIC', ports: [{ name: 'own', number, protocol }], endpoints: [{ address: '50.0.0.1' }] },
    { creationTimestamp: `${year}-01-01T00:00:00Z`, labels: { 'networking.istio.io/enable-autoallocate-ip': 'false' } },
  )
const led = [to('reviews', { port: { number: 80 } })]
const byName = (sniHosts: readonly string[], destinationSubnets: readonly string[] = []): Manifest => ({
  match: [{ sniHosts, ...(destinationSubnets.length > 0 && { destinationSubnets }) }],
  route: led,
})
const byAddress = (...destinationSubnets: readonly string[]): Manifest => ({ match: [{ destinationSubnets }], route: led })
const routes = (host: string, spec: Manifest) => virtualService('shop/routes', { hosts: [host], ...spec })

const strict = { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }
function ends(objects: readonly Manifest[], host: string, protocol: SpokenProtocol, meshConfig?: Manifest): string {
  const outcome = choose(objects, { host, port: number, ask: { protocol }, ...(meshConfig && { meshConfig }) })
  return valueOf(outcome).mode === 'MESH' ? targets(outcome).flat().join() : valueOf(outcome).mode
}

describe('a listener that several records share (ROUTE-9, ROUTE-31, DNS-16)', () => {
  it('has the chains of the oldest record first, those of its routes among them', () => {
    const routed = routes('routed.example.com', { tcp: [{ route: led }] })
    for (const [year, end] of [
      [2018, 'reviews:80/ 1'],
      [2022, 'other:5432/ 1'],
    ] as const) {
      const records = [entry('routed', year, 'TCP', ['10.0.1.5']), entry('other', 2020, 'TCP', ['10.0.1.5'])]
      for (const host of ['10.0.1.5', 'routed.example.com', 'other.example.com'])
        expect(ends([...records, routed], host, 'TCP'), `${host} ${year}`).toBe(end)
    }
  })

  it('leaves what shows no server name to a record that asks for none', () => {
    const named = entry('named', 2018, 'TLS', ['10.0.1.5'])
    const plain = entry('plain', 2020, 'TCP', ['10.0.1.5'])
    const objects = [named, plain, routes('named.example.com', { tls: [byName(['named.example.com'])] })]
    expect(ends(objects, 'named.example.com', 'TLS')).toBe('reviews:80/ 1')
    for (const host of ['named.example.com', '10.0.1.5']) expect(ends(objects, host, 'TCP')).toBe('plain:5432/ 1')
    expect(ends(objects, 'plain.example.com', 'TLS')).toBe('plain:5432/ 1')
  })

  it('goes by the narrowest subnet of all, and does not come back for what its chains do not take', () => {
    const named = entry('named', 2018, 'TLS', ['10.0.1.0/24'])
    const plain = entry('plain', 2020, 'TCP', ['10.0.1.0/24'])
    const objects = [named, plain, routes('named.example.com', { tls: [byName(['named.example.com'], ['10.0.1.0/28'])] })]
    expect(ends(objects, '10.0.1.200', 'TCP')).toBe('plain:5432/ 1')
    expect(ends(objects, '10.0.1.5', 'TCP')).toBe('PASSTHROUGH')
  })

  it('has a route’s subnets, wherever they are, and all addresses for the unspecified one', () => {
    const block = entry('block', 2020, 'TCP', ['10.0.0.0/16'])
    const elsewhere = [block, routes('block.example.com', { tcp: [byAddress('10.9.0.0/16')] })]
    expect(ends(elsewhere, '10.9.1.1', 'TCP', strict)).toBe('reviews:80/ 1')
    expect(ends(elsewhere, '10.0.1.1', 'TCP', strict)).toBe('block:5432/ 1')
    const anywhere = [block, routes('block.example.com', { tcp: [byAddress('0.0.0.0/0')] })]
    for (const host of ['10.9.1.1', 'unknown.example.org']) expect(ends(anywhere, host, 'TCP', strict)).toBe('reviews:80/ 1')
    expect(ends(anywhere, '10.0.1.1', 'TCP', strict)).toBe('block:5432/ 1')
  })

  it('of requests has other plaintext for those alone who ask for nothing at all', () => {
    const web = service('shop/web', { clusterIP: '10.0.0.9', ports: [{ name: 'http', port: number }] })
    const block = entry('block', 2020, 'TCP', ['10.8.0.0/16'])
    const objects = [web, block, routes('block.example.com', { tcp: [byAddress('0.0.0.0/0')] })]
    expect(ends(objects, '10.9.1.1', 'TLS')).toBe('reviews:80/ 1')
    expect(ends(objects, '10.9.1.1', 'TCP')).toBe('PASSTHROUGH')
    expect(ends(objects, 'web', 'HTTP')).toBe('web:5432/ 1')
  })

  it('decides by the address before any byte is read: a request to a Service’s goes to another record that listens there', () => {
    const web = service('shop/web', { clusterIP: '10.0.2.9', ports: [{ name: 'http', port: number }] })
    for (const block of ['10.0.2.9', '10.0.2.0/24']) {
      expect(ends([web, entry('other', 2020, 'TCP', [block])], 'web', 'HTTP')).toBe('other:5432/ 1')
      const named = [entry('other', 2020, 'TLS', [block]), routes('other.example.com', { tls: [byName(['other.example.com'])] })]
      expect(ends([web, ...named], 'web', 'HTTP')).toBe('PASSTHROUGH')
      expect(() => ends([web, ...named], 'web', 'HTTP', strict)).toThrow(/ADDRESS_NOT_CAPTURED|BLACKHOLED/)
    }
    expect(ends([web, entry('other', 2020, 'TCP', ['10.0.2.8'])], 'web', 'HTTP')).toBe('web:5432/ 1')
  })

  it('takes the names of a wildcard route for whichever host has the port, and nothing else is meant by a host without other routes', () => {
    const site = entry('www', 2020, 'TLS', [])
    const wild = virtualService('shop/wild', { hosts: ['*.example.com'], tls: [byName(['*.example.com'])] })
    const objects = [site, wild]
    expect(ends(objects, 'api.example.com', 'TLS', strict)).toBe('reviews:80/ 1')
    const unsaid = choose(objects, { host: 'api.example.com', port: number, meshConfig: strict })
    expect(targets(unsaid)).toEqual([['reviews:80/ 1']])
    expect(unsaid.passed && unsaid.assumptions.map(({ code }) => code)).toEqual(['PROTOCOL_ASSUMED'])
    expect(unsaid.step.message).toContain('takes the server name `*.example.com` of port 5432')
    expect(() => ends(objects, 'api.example.com', 'TCP', strict)).toThrow(/BLACKHOLED/)
    // With an address of its own the site has no chain on the listener for every address.
    const away = entry('www', 2020, 'TLS', ['10.0.1.5'])
    expect(() => ends([away, wild], 'api.example.com', 'TLS', strict)).toThrow(/BLACKHOLED/)
  })

  it('is none of a headless Service’s where a younger record of the host has the port, for which its pods are no endpoints (VIS-10)', () => {
    const headless = service('shop/db', { clusterIP: 'None', ports: [{ name: 'tcp', port: number }] })
    const host = 'db.shop.svc.cluster.local'
    const db = [headless, deployment('shop/db')]
    expect(ends(db, host, 'TCP')).toBe('db:5432/ 1')
    expect(ends([...db, entry('db', 2020, 'TCP', ['240.9.0.1'], host)], host, 'TCP')).toBe('PASSTHROUGH')
  })
})
