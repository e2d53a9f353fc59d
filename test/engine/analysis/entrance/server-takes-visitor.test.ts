import { describe, expect, it } from 'vitest'
import type { DestinationInput } from '#engine/model/question'
import type { Reachability } from '#engine/model/reachability'
import { deployment, type Manifest, namespace, service } from '../calling.js'
import { ask, codes, edgePods, edgeService, gate, http, labels, route, said, tls } from './edge.js'

/** Of 2020, for a year. */
const ended = `-----BEGIN CERTIFICATE-----
MIIBRzCB76ADAgECAgECMAoGCCqGSM49BAMCMA8xDTALBgNVBAMMBHNob3AwHhcN
MjAwMTAxMDAwMDAwWhcNMjEwMTAxMDAwMDAwWjAPMQ0wCwYDVQQDDARzaG9wMFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAESKO6UsWjNod7fvywm1W34lKaH7gmUdst
wzFlgkGy7Fm4gPm0LT7yMgaMZmzmfggKxeQeHCustG5gdx7YksoC+qM8MDowGQYD
VR0RBBIwEIIOKi5zaG9wLmV4YW1wbGUwHQYDVR0OBBYEFFiS/3oVdKR0JLi8TkQr
pYh+kRMmMAoGCCqGSM49BAMCA0cAMEQCID6uWYyGW7GzOLsAZqC+AT/CYJpff4/1
WyHpHkt/tQoCAiBgMNrmfXa5Ifbhj1jYEqUC2kVJ+dFOvt5KsTV6cFW5Yg==
-----END CERTIFICATE-----
`

describe('what the server of a gateway takes from outside', () => {
  const at443 = (server: Manifest, to: Partial<DestinationInput> = {}, more: readonly Manifest[] = []): Reachability =>
    ask([edgeService(), edgePods, gate(server), route(['shop.example'], server['port'] === undefined ? {} : {}), ...more], 'shop.example', {
      port: 443,
      ...to,
    })

  it.each([
    ['SIMPLE', {}, 'REACHABLE DELIVERED'],
    ['SIMPLE', { protocol: 'TLS' }, 'REACHABLE DELIVERED'],
    ['SIMPLE', { protocol: 'HTTP' }, 'UNREACHABLE TLS_REJECTED'],
    ['OPTIONAL_MUTUAL', {}, 'REACHABLE DELIVERED'],
    ['MUTUAL', {}, 'AMBIGUOUS OTHER_TLS_PASSED_ON'],
    ['ISTIO_MUTUAL', {}, 'UNREACHABLE TLS_REJECTED'],
    ['AUTO_PASSTHROUGH', {}, 'UNREACHABLE GATEWAY_HOST_NOT_EXPOSED'],
  ] as const)('TLS mode %s with %j: %s (TLS-13, GW-5)', (mode, to, expected) => {
    expect(said(at443(tls(['shop.example'], mode), to))).toBe(expected)
  })

  it('hands TLS on by its server name, and needs a tls route for it (ROUTE-9, GW-5)', () => {
    const server = tls(['shop.example'], 'PASSTHROUGH', 'TLS')
    expect(said(at443(server))).toBe('UNREACHABLE NO_ROUTE')
    const secure = service('shop/secure', { selector: { app: 'web' }, ports: [{ name: 'tls', port: 443 }] })
    const routes = { http: [], tls: [{ match: [{ sniHosts: ['shop.example'] }], route: [{ destination: { host: 'secure' } }] }] }
    expect(said(ask([edgeService(), edgePods, secure, gate(server), route(['shop.example'], routes)], 'shop.example', { port: 443 }))).toBe(
      'REACHABLE DELIVERED',
    )
  })

  it('ends TLS and hands on what the client speaks inside, which a port of HTTP takes if it is HTTP (GWAPI-55, TLS-12)', () => {
    const routes = { http: [], tcp: [{ match: [{ port: 443 }], route: [{ destination: { host: 'web' } }] }] }
    const led = (to: Partial<DestinationInput>) =>
      said(
        ask([edgeService(), edgePods, gate(tls(['shop.example'], 'SIMPLE', 'TLS')), route(['shop.example'], routes)], 'shop.example', {
          port: 443,
          ...to,
        }),
      )
    expect([led({}), led({ method: 'GET', path: '/' }), led({ protocol: 'TLS', path: '/' })]).toEqual([
      'REACHABLE DELIVERED',
      'REACHABLE DELIVERED',
      'REACHABLE DELIVERED',
    ])
  })

  it.each([
    [{}, 'AMBIGUOUS MUTUAL_TLS'],
    [{ protocol: 'TCP' }, 'UNREACHABLE PROTOCOL_REJECTED'],
    [{ protocol: 'HTTP' }, 'REACHABLE DELIVERED'],
    [{ method: 'GET', path: '/' }, 'REACHABLE DELIVERED'],
  ] as const)(
    'leads any connection in plaintext to a port of HTTP, which takes requests alone: %j is %s (ROUTE-9, TLS-12)',
    (to, expected) => {
      const taking = [edgeService({ ports: [{ name: 'tcp', port: 9000 }] }), edgePods, namespace('bare', {}), deployment('bare/bare')]
      const server = gate({ port: { number: 9000, protocol: 'TCP', name: 'tcp' }, hosts: ['*'] })
      const led = (host: string): Reachability =>
        ask(
          [...taking, service('bare/bare'), server, route(['*'], { http: [], tcp: [{ route: [{ destination: { host } }] }] })],
          'shop.example',
          { port: 9000, ...to },
        )
      expect(said(led('web'))).toBe(expected)
      const open = expected.startsWith('AMBIGUOUS') ? [{ code: 'HTTP_NEEDED', on: 'protocol' }] : []
      expect(led('web').conditions).toMatchObject(open)
      // Without a proxy the application itself takes what comes.
      expect(said(led('bare.bare.svc.cluster.local'))).toBe('REACHABLE DELIVERED')
    },
  )

  it('is plaintext on an HTTP port (GW-5)', () => {
    const plain = [edgeService(), edgePods, gate(http(['*'])), route(['*'])]
    expect(said(ask(plain, 'shop.example', { port: 80, protocol: 'TLS' }))).toBe('UNREACHABLE TLS_REJECTED')
    expect(said(ask(plain, 'shop.example', { port: 80, protocol: 'SERVER_FIRST' }))).toBe('UNREACHABLE PROTOCOL_REJECTED')
  })

  it('is nobody’s where an older Gateway has the host over TLS (NET-30, GWAPI-70)', () => {
    const younger = { ...gate(tls(['shop.example', 'blog.example'], 'SIMPLE')), metadata: { namespace: 'edge', name: 'younger' } }
    const objects = [edgeService(), edgePods, gate(tls(['shop.example'], 'SIMPLE')), younger]
    const bound = (name: string) => route(['shop.example', 'blog.example'], { gateways: [`edge/${name}`] })
    expect(said(ask([...objects, bound('gate')], 'shop.example', { port: 443 }))).toBe('REACHABLE DELIVERED')
    expect(said(ask([...objects, bound('younger')], 'shop.example', { port: 443 }))).toBe('UNREACHABLE NO_ROUTE')
    expect(said(ask([...objects, bound('younger')], 'blog.example', { port: 443 }))).toBe('UNREACHABLE GATEWAY_HOST_NOT_EXPOSED')
  })

  it('is the business of the server with the most specific name (ROUTE-12)', () => {
    const servers = [tls(['*'], 'ISTIO_MUTUAL'), tls(['shop.example'], 'SIMPLE')]
    expect(said(ask([edgeService(), edgePods, gate(...servers), route(['shop.example'])], 'shop.example', { port: 443 }))).toBe(
      'REACHABLE DELIVERED',
    )
    expect(said(ask([edgeService(), edgePods, gate(...servers), route(['*'])], 'other.example', { port: 443 }))).toBe(
      'UNREACHABLE TLS_REJECTED',
    )
  })

  const secret = (name: string): Manifest => ({
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/tls',
    metadata: { namespace: 'edge', name },
  })
  const pod: Manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'edge', name: 'gate-1', labels },
    spec: { containers: [{ name: 'istio-proxy', image: 'auto' }] },
    status: { phase: 'Running', podIP: '10.1.0.7', conditions: [{ type: 'Ready', status: 'True' }] },
  }
  it.each([
    ['given', [secret('cert')], 'REACHABLE DELIVERED', false],
    ['left out with all others', [], 'REACHABLE DELIVERED', true],
    ['missing among others of a live cluster', [secret('other'), pod], 'UNREACHABLE TLS_REJECTED', false],
    [
      'under keys that nobody looks for',
      [{ ...secret('cert'), stringData: { 'tls.cert': ended, 'tls.key': 'x' } }],
      'UNREACHABLE TLS_REJECTED',
      false,
    ],
    ['ended', [{ ...secret('cert'), stringData: { 'tls.crt': ended, 'tls.key': 'x' } }], 'UNREACHABLE TLS_REJECTED', false],
    ['a value that was taken out', [{ ...secret('cert'), stringData: { 'tls.crt': '', 'tls.key': '' } }], 'REACHABLE DELIVERED', false],
  ])('needs the certificate that `credentialName` names: %s (GW-6)', (_what, more, expected, assumed) => {
    const web = {
      ...pod,
      metadata: { namespace: 'shop', name: 'web-1', labels: { app: 'web' } },
      status: { phase: 'Running', podIP: '10.1.0.8' },
    }
    const answer = at443(
      tls(['shop.example'], 'SIMPLE', 'HTTPS', { credentialName: 'cert' }),
      {},
      more.length === 2 ? [...more, web] : more,
    )
    expect(said(answer)).toBe(expected)
    expect(codes(answer).includes('GATEWAY_CERTIFICATE_ASSUMED')).toBe(assumed)
  })

  it.each([
    ['edge/cert', [secret('cert')], 'REACHABLE DELIVERED'],
    ['kubernetes://edge/cert', [secret('cert')], 'REACHABLE DELIVERED'],
    ['shop/cert', [{ ...secret('cert'), metadata: { namespace: 'shop', name: 'cert' } }], 'UNREACHABLE TLS_REJECTED'],
    ['kubernetes://shop/cert', [], 'UNREACHABLE TLS_REJECTED'],
  ])('is handed none of another namespace: `%s` (GW-6)', (credentialName, more, expected) => {
    const answer = at443(tls(['shop.example'], 'SIMPLE', 'HTTPS', { credentialName }), {}, more)
    expect(said(answer)).toBe(expected)
    if (expected !== 'REACHABLE DELIVERED')
      expect(answer.steps.at(-1)?.message).toContain('of another namespace than the gateway’s pods, `edge`')
  })
})
