import { describe, expect, it } from 'vitest'
import { ask, blamed, cluster, deployment, istio, type Manifest, told, topology } from './asking.js'

const registryOnly = {
  controlPlanes: [{ name: 'west', cluster: 'west', meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } }],
}
const external = (host: string, protocol: string, number: number): Manifest =>
  istio('ServiceEntry', 'shop/external', {
    hosts: [host],
    location: 'MESH_EXTERNAL',
    resolution: 'NONE',
    ports: [{ number, name: protocol.toLowerCase(), protocol }],
  })
const call = (entry: Manifest, to: string) =>
  ask(topology([cluster('west', [deployment('shop/web'), entry])], registryOnly), 'west/shop/web', to)

describe('a ServiceEntry with a wildcard host', () => {
  it.each([
    ['*.example.com', 'orders.example.com:80', 'REACHABLE DELIVERED'],
    ['*-api.example.com', 'orders-api.example.com:80', 'REACHABLE DELIVERED'],
    ['*-api.example.com', 'orders.example.com:80', 'UNREACHABLE BLACKHOLED at SCOPE'],
    ['*.example.com', 'example.com:80', 'UNREACHABLE BLACKHOLED at SCOPE'],
    // Envoy's wildcards stand for at least one character.
    ['*example.com', 'example.com:80', 'UNREACHABLE BLACKHOLED at SCOPE'],
    ['*example.com', 'myexample.com:80', 'REACHABLE DELIVERED'],
  ])('`%s` called as %s on an HTTP port: %s (ROUTE-1, VIS-31)', (host, to, verdict) => {
    expect(told(call(external(host, 'HTTP', 80), to))).toBe(verdict)
  })

  it('leads a TLS connection by its server name, if the wildcard stands for whole labels (ROUTE-9)', () => {
    expect(told(call(external('*.example.com', 'TLS', 443), 'orders.example.com:443'))).toBe('REACHABLE DELIVERED')
  })

  it.each(['TLS', 'HTTPS'])('that begins inside of a label leaves a port %s undecided: proxies refuse such server names', (protocol) => {
    const answer = call(external('*-api.example.com', protocol, 443), 'orders-api.example.com:443')
    expect(told(answer)).toBe('UNDETERMINED INPUT_MISSING at ROUTE')
    expect(blamed(answer)).toEqual(['ServiceEntry west/shop/external'])
  })
})
