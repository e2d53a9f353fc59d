import { describe, expect, it } from 'vitest'
import type { DestinationInput } from '#engine/model/question'
import { answerTo } from '../asking.js'
import { deployment, destinationRule, type Manifest, service, serviceEntry, virtualService, west, world } from '../calling.js'
import { to } from '../routing.js'

/** A Service whose port says nothing of what is spoken, and two to which routes lead. */
const services = [
  service('shop/any', { ports: [{ name: 'any', port: 7000 }] }),
  deployment('shop/any'),
  service('shop/web', { clusterIP: '10.0.0.8' }),
  deployment('shop/web'),
]
const routes = (spec: Manifest) => virtualService('shop/any', { hosts: ['any'], ...spec })
const led = to('web', { port: { number: 80 } })
const nowhere = { route: [to('nobody')] }

const ask = (objects: readonly Manifest[], more: Partial<DestinationInput> = {}) => {
  const snapshot = world({ clusters: { west: west(...services, ...objects) } })
  const from = { cluster: 'west', namespace: 'shop', workload: 'client' }
  return answerTo(snapshot, { from, to: { host: 'any', port: 7000, ...more } })
}
const said = (...asked: Parameters<typeof ask>): string => {
  const { verdict, conditions } = ask(...asked)
  return [verdict, ...new Set(conditions.map(({ code, on }) => `${code}/${on}`))].join(' ')
}

describe('a call to a port without a protocol, of which nothing says what is spoken (ROUTE-10, ROUTE-16)', () => {
  it('succeeds only as HTTP where other connections are led to nobody, or to a port that takes nothing but HTTP (TLS-12)', () => {
    const expected = 'AMBIGUOUS HTTP_NEEDED/protocol ROUTE_BY_ATTRIBUTE/protocol'
    expect(said([routes({ http: [{ route: [led] }], tcp: [{ route: [led] }] })])).toBe(expected)
    const gone = [routes({ http: [{ route: [to('any')] }], tcp: [nowhere] })]
    expect(said(gone)).toBe(expected)
    expect(ask(gone).conditions[0]?.message).toMatch(/^any other connection is UNREACHABLE, as .*`nobody/u)
    expect(said(gone, { protocol: 'HTTP' })).toBe('REACHABLE')
    expect(said(gone, { method: 'GET', path: '/' })).toBe('REACHABLE')
    expect(said(gone, { protocol: 'TCP' })).toBe('UNREACHABLE')
  })

  it('succeeds only as another connection where requests are led to nobody', () => {
    const expected = 'AMBIGUOUS PROTOCOL_DECIDES/protocol ROUTE_BY_ATTRIBUTE/protocol'
    expect(said([routes({ http: [nowhere] })])).toBe(expected)
    expect(said([routes({ http: [{ match: [{ uri: { exact: '/a' } }], ...nowhere }] })], { protocol: 'TCP' })).toBe('REACHABLE')
  })

  it('has one answer where both ways end alike, and says that they are two', () => {
    expect(said([routes({ http: [{ route: [led] }] })])).toBe('REACHABLE ROUTE_BY_ATTRIBUTE/protocol')
    expect(said([routes({ http: [nowhere], tcp: [nowhere] })])).toBe('UNREACHABLE')
    expect(said([routes({ http: [{ route: [to('any')] }] })])).toBe('REACHABLE')
    expect(said([])).toBe('REACHABLE')
  })

  it('takes other connections for plain TCP, and says so where TLS would be led elsewhere (ROUTE-9, DNS-16)', () => {
    const host = 'x.example.com'
    const tls = [{ match: [{ port: 7000, sniHosts: [host] }], route: [led] }]
    const entry = (name: string, protocol: string) =>
      serviceEntry(
        `shop/${name}`,
        { hosts: [host], resolution: 'STATIC', ports: [{ number: 7000, name, protocol }], endpoints: [{ address: '50.0.0.1' }] },
        { labels: { 'networking.istio.io/enable-autoallocate-ip': 'false' } },
      )
    const routing = virtualService('shop/x', { hosts: [host], http: [{ route: [led] }], tls })
    const codes = (...objects: readonly Manifest[]) => ask(objects, { host }).assumptions.map(({ code }) => code)
    expect(codes(entry('any', ''), entry('tls', 'TLS'), routing)).toContain('PROTOCOL_ASSUMED')
    // At an undeclared port alone routes by server name have no say.
    expect(codes(entry('any', ''), routing)).not.toContain('PROTOCOL_ASSUMED')
  })

  it('follows requests with a subset, and connections without (ROUTE-20)', () => {
    const rule = destinationRule('shop/any', { host: 'any', subsets: [{ name: 'none', labels: { version: 'none' } }] })
    expect(said([rule, routes({ http: [{ route: [to('any', { subset: 'none' })] }] })])).toMatch(/^AMBIGUOUS PROTOCOL_DECIDES/u)
  })
})

describe('a port that the host does not declare (ROUTE-1)', () => {
  // On port 80 every VirtualService of the proxy has its hosts among the routes of requests, as soon as some service has them listened for.
  const rule = virtualService('shop/any', { hosts: ['any'], http: [{ route: [led] }] })
  const host = 'any.shop.svc.cluster.local'

  it('has the routes of its requests on port 80, by the full name alone, and connections go to the address that is dialled', () => {
    expect(said([rule], { port: 80, host, method: 'GET' })).toBe('REACHABLE')
    expect(said([rule], { port: 80, host: 'any', method: 'GET' })).toBe('UNREACHABLE')
    expect(said([rule], { port: 80, host, protocol: 'TCP' })).toBe('UNREACHABLE')
    expect(said([rule], { port: 80, host })).toMatch(/^AMBIGUOUS HTTP_NEEDED/u)
  })

  it('has none on a port of its own kind, where the VirtualService is for no service (ROUTE-1)', () => {
    expect(said([rule], { port: 81, host, method: 'GET' })).toBe('UNREACHABLE')
  })
})
