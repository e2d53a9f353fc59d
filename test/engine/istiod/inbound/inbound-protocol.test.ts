import { describe, expect, it } from 'vitest'
import { inboundProtocol } from '#engine/istiod/inbound/inbound-protocol'
import { cluster, deployment, istio, type Manifest, service, topology } from '../../combinations/asking.js'

/** The protocol that the proxy of `shop/cart` expects at the port. */
const expectedAt = (port: number, objects: readonly Manifest[], server = deployment('shop/cart'), meshConfig: Manifest = {}): string => {
  const snapshot = topology([cluster('west', [server, ...objects])], {
    controlPlanes: [{ name: 'west', cluster: 'west', version: '1.30.2', meshConfig }],
  })
  const home = snapshot.clusters.get('west')
  const workload = home?.workloads('shop')[0]
  if (home === undefined || workload === undefined) throw new Error('there is no cart')
  return inboundProtocol(snapshot.view('west'), home, workload, port)
}
const selects = { selector: { app: 'cart' } }
const at = (name: string, ports: readonly Manifest[], year = 2024, place = 'shop') =>
  service(`${place}/${name}`, { ...selects, ports }, { creationTimestamp: `${year}-01-01T00:00:00Z` })
const port = (name: string, targetPort: number | string = 8080, more: Manifest = {}): Manifest => ({ name, port: 80, targetPort, ...more })

describe('the protocol that a server’s proxy expects', () => {
  it.each<[string, Manifest, string]>([
    ['the name', port('http'), 'HTTP'],
    ['what stands before the name’s hyphen', port('tcp-raw'), 'TCP'],
    ['the name in whatever case', port('HTTP-web'), 'HTTP'],
    ['the application protocol before the name', port('http', 8080, { appProtocol: 'tcp' }), 'TCP'],
    ['nothing, so that it is detected', port('web'), 'AUTO'],
  ])('is declared by %s (TLS-12)', (_title, declared, expected) => {
    expect(expectedAt(8080, [at('cart', [declared])])).toBe(expected)
  })

  it('is that of the target port, not of the port that clients call (TLS-12)', () => {
    const objects = [at('cart', [port('tcp', 8080)])]
    expect([expectedAt(8080, objects), expectedAt(80, objects)]).toEqual(['TCP', 'AUTO'])
  })

  it('is the oldest Service’s where several lead to one port (TLS-12)', () => {
    const [old, young] = [at('z', [port('tcp')], 2020), at('a', [port('http')], 2021)]
    expect(expectedAt(8080, [young, old])).toBe('TCP')
  })

  it('is not found out from Services of other namespaces, of other workloads, or without selector (TLS-12)', () => {
    const others = [
      at('cart', [port('tcp')], 2020, 'bank'),
      service('shop/till', { ports: [port('tcp')] }),
      service('shop/none', { selector: {}, ports: [port('tcp')] }),
    ]
    expect(expectedAt(8080, others)).toBe('AUTO')
  })

  it('is that of a named target port where a container has the name, and of none else (TLS-12)', () => {
    const containers = [{ name: 'app', image: 'app', ports: [{ name: 'web', containerPort: 9000 }] }]
    const objects = [at('cart', [port('tcp', 'web')])]
    expect(expectedAt(9000, objects, deployment('shop/cart', {}, {}, { containers }))).toBe('TCP')
    expect(expectedAt(9000, objects)).toBe('AUTO')
  })

  it('is a ServiceEntry’s that selects the workload, where no Service declares the port (TLS-12)', () => {
    const entry = istio('ServiceEntry', 'shop/api', {
      hosts: ['api.example'],
      workloadSelector: { labels: { app: 'cart' } },
      resolution: 'STATIC',
      ports: [
        { number: 443, name: 'first', protocol: 'TCP', targetPort: 8080 },
        { number: 9000, name: 'second', protocol: 'TCP' },
      ],
    })
    expect([443, 8080, 9000].map((number) => expectedAt(number, [entry]))).toEqual(['AUTO', 'TCP', 'TCP'])
    expect(expectedAt(8080, [entry, at('cart', [port('http')])])).toBe('HTTP')
  })

  it('is the older one’s where a Service and a ServiceEntry declare the port, and the Service’s where a moment is not stated (TLS-12)', () => {
    const entry = (creationTimestamp?: string): Manifest => ({
      ...istio('ServiceEntry', 'shop/api', {
        hosts: ['api.example'],
        workloadSelector: { labels: { app: 'cart' } },
        resolution: 'STATIC',
        ports: [{ number: 8080, name: 'tcp', protocol: 'TCP' }],
      }),
      metadata: { name: 'api', namespace: 'shop', ...(creationTimestamp === undefined ? {} : { creationTimestamp }) },
    })
    const made = [undefined, '2023-01-01T00:00:00Z', '2024-01-01T00:00:00Z', '2025-01-01T00:00:00Z']
    expect(made.map((moment) => expectedAt(8080, [at('cart', [port('http')]), entry(moment)]))).toEqual(['HTTP', 'TCP', 'TCP', 'HTTP'])
  })

  it('is detected where discovery selectors leave out the namespace, whose Services its control plane does not know (MODEL-7)', () => {
    const selecting = (matchLabels: Manifest) => ({ discoverySelectors: [{ matchLabels }] })
    const expected = (name: string) =>
      expectedAt(8080, [at('cart', [port('http')])], deployment('shop/cart'), selecting({ 'kubernetes.io/metadata.name': name }))
    expect([expected('shop'), expected('bank')]).toEqual(['HTTP', 'AUTO'])
  })

  it('is detected at ports that the Sidecar’s ingress leaves out, though a Service declares them (VIS-16)', () => {
    const sidecar = istio('Sidecar', 'shop/cart', {
      ingress: [{ port: { number: 9000, name: 'x', protocol: 'TCP' }, defaultEndpoint: '127.0.0.1:1' }],
    })
    expect(expectedAt(8080, [at('cart', [port('tcp')])])).toBe('TCP')
    expect(expectedAt(8080, [at('cart', [port('tcp')]), sidecar])).toBe('AUTO')
  })

  it.each<[string, string, string]>([
    ['TCP', 'http', 'TCP'],
    ['HTTP', 'tcp', 'HTTP'],
    ['GRPC', 'tcp', 'HTTP'],
    ['HTTPS', 'http', 'TLS'],
    ['MONGO', 'http', 'TCP'],
  ])('is that of the Sidecar’s ingress, %s, where a Service declares %s (VIS-16)', (protocol, declared, expected) => {
    const sidecar = istio('Sidecar', 'shop/cart', {
      ingress: [{ port: { number: 8080, name: 'x', protocol }, defaultEndpoint: '127.0.0.1:8080' }],
    })
    expect(expectedAt(8080, [at('cart', [port(declared)]), sidecar])).toBe(expected)
  })

  it('is that of the first of two listeners for one port (VIS-16)', () => {
    const sidecar = istio('Sidecar', 'shop/cart', {
      ingress: ['TCP', 'HTTP'].map((protocol) => ({ port: { number: 8080, name: 'x', protocol }, defaultEndpoint: '127.0.0.1:8080' })),
    })
    expect(expectedAt(8080, [at('cart', [port('http')]), sidecar])).toBe('TCP')
  })
})
