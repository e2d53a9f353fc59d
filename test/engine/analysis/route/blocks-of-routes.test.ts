import { describe, expect, it } from 'vitest'
import { type Manifest, service, serviceEntry, virtualService } from '../calling.js'
import { choose, targets, to } from '../routing.js'

const host = 'x.example.com'
const ports = [{ name: 'tcp', port: 9000 }]
const others = [service('shop/one', { ports }), service('shop/two', { ports })]
type Spoken = 'HTTP' | 'TLS' | 'TCP'

const entry = (protocol: string, addresses: readonly string[], name = 'x'): Manifest =>
  serviceEntry(
    `shop/${name}`,
    {
      hosts: [`${name}.example.com`],
      resolution: 'STATIC',
      addresses,
      ports: [{ number: 9000, name: protocol.toLowerCase(), protocol }],
      endpoints: [{ address: '50.0.0.1' }],
    },
    { labels: { 'networking.istio.io/enable-autoallocate-ip': 'false' } },
  )
const led = (destination: string, ...destinationSubnets: readonly string[]): Manifest => ({
  ...(destinationSubnets.length > 0 && { match: [{ destinationSubnets }] }),
  route: [to(destination, { port: { number: 9000 } })],
})
const tcp = (...routes: readonly Manifest[]) => virtualService('shop/vs', { hosts: [host], tcp: routes })

/** Where what is spoken so to the address goes. */
function goes(objects: readonly Manifest[], asked: string, protocol: Spoken = 'TCP'): string {
  const outcome = choose([...others, ...objects], { host: asked, port: 9000, ask: { protocol } })
  if (!outcome.passed) return outcome.step.reason
  return outcome.value.mode === 'MESH' ? (targets(outcome).flat()[0]?.split(':')[0] ?? '') : outcome.value.mode
}
const each = (objects: readonly Manifest[], ...addresses: readonly string[]) => addresses.map((address) => goes(objects, address))

describe('the subnets of a tcp route', () => {
  it('take what is dialled in them on the listener for every address, in the block of the entry or not (ROUTE-9, DNS-16)', () => {
    const objects = [entry('TCP', ['10.0.1.0/24']), tcp(led('one', '10.0.0.0/16', '10.0.1.0/28'))]
    expect(each(objects, '10.0.1.5', '10.0.1.200', '10.0.77.1', '10.9.0.1')).toEqual(['one', 'x', 'one', 'PASSTHROUGH'])
    expect(each([entry('TCP', []), tcp(led('one', '10.9.0.0/16'))], '10.9.0.1', '10.8.0.1')).toEqual(['one', 'x'])
  })

  it('leave the rest of the block to the route without subnets (ROUTE-9)', () => {
    const objects = [entry('TCP', ['10.0.1.0/24']), tcp(led('one', '10.0.1.0/28'), led('two'))]
    expect(each(objects, '10.0.1.5', '10.0.1.200', '10.0.77.1')).toEqual(['one', 'two', 'PASSTHROUGH'])
  })

  it('take nothing elsewhere of an entry with an address of its own, nor behind a route for all (ROUTE-9)', () => {
    const route = led('one', '10.9.0.0/16', '10.0.0.0/16')
    expect(each([entry('TCP', ['10.0.1.5']), tcp(route)], '10.0.1.5', '10.0.1.6', '10.9.0.1')).toEqual([
      'one',
      'PASSTHROUGH',
      'PASSTHROUGH',
    ])
    expect(each([entry('TCP', ['10.0.1.0/24']), tcp(led('two'), route)], '10.0.1.5', '10.9.0.1')).toEqual(['two', 'PASSTHROUGH'])
  })
})

describe('tls routes', () => {
  const tls = virtualService('shop/vs', {
    hosts: [host],
    tls: [{ match: [{ sniHosts: [host] }], route: [to('one', { port: { number: 9000 } })] }],
  })
  const blocked = virtualService('shop/vs', {
    hosts: [host],
    tls: [{ match: [{ sniHosts: [host], destinationSubnets: ['10.0.0.0/16'] }], route: [to('one', { port: { number: 9000 } })] }],
  })

  it('take nothing that shows no server name (ROUTE-9, GWAPI-66)', () => {
    const objects = [entry('TLS', ['10.0.1.5']), tls]
    expect([goes(objects, '10.0.1.5', 'TCP'), goes(objects, '10.0.1.5', 'HTTP')]).toEqual(['PASSTHROUGH', 'PASSTHROUGH'])
    expect(goes([entry('TLS', []), tls], host, 'TLS')).toBe('one')
  })

  it('leave what they do not take to an entry for every address (DNS-16, ROUTE-31)', () => {
    expect(goes([entry('TLS', []), blocked], host, 'TLS')).toBe('PASSTHROUGH')
    expect(goes([entry('TLS', []), entry('TCP', [], 'all'), blocked], host, 'TLS')).toBe('all')
  })

  it('have no say at an undeclared port, whatever is spoken there (ROUTE-9)', () => {
    const vague = service('shop/vague', { ports: [{ name: 'plain', port: 9000 }], clusterIP: '10.0.3.3' })
    const name = 'vague.shop.svc.cluster.local'
    const both = virtualService('shop/both', {
      hosts: [name],
      tls: [{ match: [{ sniHosts: [name] }], route: [to('one', { port: { number: 9000 } })] }],
      tcp: [led('two')],
    })
    expect(goes([vague, both], 'vague', 'TLS')).toBe('two')
  })
})

describe('of entries with one address', () => {
  it('the first has all connections, whatever routes the others have (DNS-16, ROUTE-31)', () => {
    const objects = [entry('TCP', ['10.0.1.5'], 'a'), entry('TCP', ['10.0.1.5']), tcp(led('one'))]
    expect(goes(objects, '10.0.1.5')).toBe('a')
  })
})
