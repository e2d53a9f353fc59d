import { describe, expect, it } from 'vitest'
import { ask, cluster, deployment, istio, type Manifest, naked, service, told, topology } from './asking.js'

const ports = [
  { name: 'http', port: 80, targetPort: 8080 },
  { name: 'tcp', port: 9000, targetPort: 9090 },
  { port: 7000, targetPort: 7070 },
  { name: 'mysql', port: 3306, targetPort: 3306 },
]
const strict = istio('PeerAuthentication', 'shop/default', { mtls: { mode: 'STRICT' } })
const off = istio('PeerAuthentication', 'shop/default', { mtls: { mode: 'DISABLE' } })
const plainly: Manifest = { tls: { mode: 'DISABLE' } }

/** `shop/web` calls a port of a host for which a DestinationRule asks for the header: `echo` has a proxy, `bare` none, `out.example` is outside. */
const call = (to: string, policy: Manifest, more: readonly Manifest[] = [], asked = {}) => {
  const [host = ''] = to.split(':')
  const objects = [
    deployment('shop/web'),
    deployment('shop/echo'),
    service('shop/echo', { ports }),
    deployment('shop/bare', {}, naked),
    service('shop/bare', { ports }),
    istio('ServiceEntry', 'shop/out', {
      hosts: ['out.example'],
      resolution: 'DNS',
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
    }),
    istio('DestinationRule', 'shop/rule', { host, trafficPolicy: policy }),
    ...more,
  ]
  const answer = ask(topology([cluster('west', objects)]), 'west/shop/web', to, asked)
  return [told(answer), ...answer.conditions.map(({ code }) => code)].join(' ')
}
const header: Manifest = { proxyProtocol: { version: 'V2' } }
const needed = 'AMBIGUOUS PLAINTEXT_ACCEPTED at TRANSPORT PROXY_HEADER_NEEDED'

/** What real proxies do, where a call through them was made for each line. */
describe('a header of the PROXY protocol that a DestinationRule has the client’s proxy write', () => {
  it.each<[string, string, Manifest, readonly Manifest[], Manifest, string]>([
    ['in front of mutual TLS is found by nobody', 'echo:80', {}, [], {}, 'UNREACHABLE PROTOCOL_REJECTED at TRANSPORT'],
    ['nor at a port of TCP', 'echo:9000', {}, [], {}, 'UNREACHABLE PROTOCOL_REJECTED at TRANSPORT'],
    ['nor at an undeclared one', 'echo:7000', {}, [], {}, 'UNREACHABLE PROTOCOL_REJECTED at TRANSPORT'],
    ['nor in STRICT mode', 'echo:9000', {}, [strict], {}, 'UNREACHABLE PROTOCOL_REJECTED at TRANSPORT'],
    ['in plaintext is no request', 'echo:80', plainly, [], {}, 'UNREACHABLE PROTOCOL_REJECTED at TRANSPORT'],
    ['nor where mutual TLS is off', 'echo:80', {}, [off], {}, 'UNREACHABLE PROTOCOL_REJECTED at TRANSPORT'],
    ['in plaintext is not taken in STRICT mode', 'echo:9000', plainly, [strict], {}, 'UNREACHABLE TLS_REJECTED at TRANSPORT'],
    ['comes to the application at a port of TCP', 'echo:9000', plainly, [], {}, needed],
    ['and at an undeclared one', 'echo:7000', plainly, [], { protocol: 'TCP' }, needed],
    ['and ends the waiting for a client that says nothing', 'echo:3306', plainly, [], { protocol: 'SERVER_FIRST' }, needed],
    ['comes to the application that has no proxy', 'bare:80', {}, [], {}, needed],
    ['goes out of the mesh', 'out.example:80', {}, [], {}, 'REACHABLE DELIVERED'],
  ])('%s: %s (TLS-11, TLS-12)', (_title, to, policy, more, asked, expected) => {
    expect(call(to, { ...header, ...policy }, more, asked)).toBe(expected)
  })

  it('is not written for what the client’s application sends past its proxy, or by ports, which cannot ask for it (LB-11)', () => {
    expect(call('echo:80', {})).toBe('REACHABLE DELIVERED')
    const byPort = { ...header, portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'ISTIO_MUTUAL' } }] }
    expect(call('echo:80', byPort)).toBe('REACHABLE DELIVERED')
    expect(call('echo:9000', byPort)).toBe('UNREACHABLE PROTOCOL_REJECTED at TRANSPORT')
  })
})
