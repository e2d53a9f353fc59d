import { describe, expect, it } from 'vitest'
import { type Manifest, service, serviceEntry, sidecar } from '../calling.js'
import { choose, targets } from '../routing.js'

const host = 'x.example.com'
const when = (second: number): Manifest => ({ creationTimestamp: `2026-01-01T00:00:${10 + second}Z` })

/** A ServiceEntry with port 80, older the smaller `at` is. */
const entry = (at: number, protocol: string, address?: string, of = host): Manifest =>
  serviceEntry(
    `shop/e${at}`,
    {
      hosts: [of],
      resolution: 'STATIC',
      ...(address !== undefined && { addresses: [address] }),
      ports: [{ number: 80, name: protocol.toLowerCase(), protocol }],
      endpoints: [{ address: `50.0.0.${at}` }],
    },
    { ...when(at), labels: { 'networking.istio.io/enable-autoallocate-ip': 'false' } },
  )
const capture = { dns: { capture: true } }
type Spoken = 'HTTP' | 'TLS' | 'TCP'

/** Where a call goes that speaks so: to the host, past the mesh, or nowhere. */
function goes(objects: readonly Manifest[], protocol: Spoken, asked = host): string {
  const outcome = choose(objects, { host: asked, port: 80, ask: { protocol }, cluster: capture })
  if (!outcome.passed) return outcome.step.reason
  return outcome.value.mode === 'MESH' ? targets(outcome).flat().join(' or ') : outcome.value.mode
}
const each = (objects: readonly Manifest[], asked?: string) =>
  (['HTTP', 'TLS', 'TCP'] as const).map((spoken) => goes(objects, spoken, asked))

describe('a host with records of different protocols at one port', () => {
  const led = 'x:80/ 1'
  const past = 'PASSTHROUGH'

  it('has routes for requests where the last record declares them (ROUTE-1, VIS-10)', () => {
    expect(each([entry(1, 'TCP'), entry(2, 'HTTP')])).toEqual([led, led, led])
    expect(each([entry(1, 'HTTP'), entry(2, 'TCP')])).toEqual([past, led, led])
  })

  it('tells connections by the server name where the record of them has no address (DNS-16, ROUTE-9)', () => {
    expect(each([entry(1, 'TLS'), entry(2, 'HTTP')])).toEqual([led, led, past])
    expect(each([entry(1, 'HTTP'), entry(2, 'TLS')])).toEqual([past, led, past])
    expect(each([entry(1, 'TLS'), entry(2, 'TCP')])).toEqual([past, led, led])
    expect(each([entry(1, 'TLS')])).toEqual([past, led, past])
  })

  it('takes whatever is spoken at the address of a record of connections (VIS-10, DNS-16)', () => {
    for (const protocol of ['TCP', 'TLS']) {
      const both = [entry(1, 'HTTP', '240.0.0.1'), entry(2, protocol, '240.0.0.2')]
      expect(each(both, '240.0.0.2')).toEqual([led, led, led])
      expect(each(both, '240.0.0.1')).toEqual([past, past, past])
    }
  })

  it('depends on the address where its records are dialled at several (DNS-9, VIS-10)', () => {
    const both = [entry(1, 'TCP', '240.0.0.1'), entry(2, 'HTTP', '240.0.0.2')]
    expect(each(both)).toEqual([led, `${led} or ADDRESS_NOT_CAPTURED`, `${led} or ADDRESS_NOT_CAPTURED`])
  })

  const shop = 'both.shop.svc.cluster.local'
  const own = (name: string, second: number): Manifest => ({
    ...service('shop/both', { ports: [{ name, port: 80 }] }),
    metadata: { namespace: 'shop', name: 'both', ...when(second) },
  })

  it('is a Service with an entry beside it, of which the younger one has the routes (ROUTE-1, ROUTE-16)', () => {
    const to = 'both:80/ 1'
    expect(each([own('http', 1), entry(2, 'TCP', undefined, shop)], 'both')).toEqual([past, to, to])
    expect(each([own('http', 3), entry(2, 'TCP', undefined, shop)], 'both')).toEqual([to, to, to])
    expect(each([own('plain', 1), entry(2, 'TCP', '240.0.0.1', shop)], 'both')).toEqual(['NO_ROUTE', to, to])
    expect(each([own('plain', 3), entry(2, 'TCP', '240.0.0.1', shop)], 'both')).toEqual([to, to, to])
  })

  it('refuses a request for the record that has no routes, and names it (ROUTE-16)', () => {
    const objects = [own('plain', 1), entry(2, 'TCP', '240.0.0.1', shop)]
    const { step } = choose(objects, { host: 'both', port: 80, ask: { protocol: 'HTTP' }, cluster: capture })
    expect([step.reason, step.because.map(({ kind, name }) => `${kind} ${name}`)]).toEqual(['NO_ROUTE', ['ServiceEntry e2']])
  })

  it('is one record to a Sidecar that lists exact hosts alone (VIS-43)', () => {
    const exact = sidecar('shop/default', { egress: [{ hosts: [`shop/${host}`] }] })
    expect(each([entry(1, 'HTTP'), entry(2, 'TCP'), exact])).toEqual([led, past, past])
  })
})

describe('beside a listener of a Sidecar with the port', () => {
  const led = 'x:80/ 1'
  const listener = (protocol: string) =>
    sidecar('shop/default', { egress: [{ port: { number: 80, name: 'own', protocol }, hosts: ['*/*'] }, { hosts: ['*/*'] }] })

  it('one for all ports adds nothing where the first has all addresses (VIS-42)', () => {
    expect(each([entry(1, 'TLS'), entry(2, 'HTTP'), entry(3, 'TCP'), listener('HTTP')])).toEqual([
      'PASSTHROUGH',
      'PASSTHROUGH',
      'PASSTHROUGH',
    ])
    expect(each([entry(1, 'TCP'), entry(2, 'TCP'), listener('TLS')])).toEqual(['PASSTHROUGH', led, 'PASSTHROUGH'])
  })

  it('nor at the address of a service that the first reads as connections (VIS-42)', () => {
    const vague = service('shop/both', { ports: [{ name: 'plain', port: 80 }] }, {})
    const beside = entry(2, 'TCP', '240.0.0.1', 'both.shop.svc.cluster.local')
    expect(each([vague, beside, listener('TCP')], 'both')).toEqual(['both:80/ 1', 'both:80/ 1', 'both:80/ 1'])
  })
})
