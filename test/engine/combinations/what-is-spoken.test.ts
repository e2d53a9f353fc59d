import { describe, expect, it } from 'vitest'
import { ask, cluster, deployment, istio, naked, service, told, topology } from './asking.js'

const ports = [
  { name: 'http', port: 80, targetPort: 8080 },
  { name: 'tcp', port: 90, targetPort: 9090 },
  { name: 'mysql', port: 3306 },
  { name: 'tcp-mail', port: 25, targetPort: 2525 },
  { name: 'any', port: 70, targetPort: 7070 },
]
const mode = (value: string) => istio('PeerAuthentication', 'istio-system/default', { mtls: { mode: value } })
const meshConfig = (mesh: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'istio-system', name: 'istio' },
  data: { mesh },
})
const mesh = (...more: readonly ReturnType<typeof istio>[]) =>
  topology([
    cluster('west', [
      deployment('shop/client'),
      deployment('shop/plain', naked),
      deployment('bank/ledger'),
      deployment('bank/bare', naked),
      service('bank/ledger', { ports }),
      service('bank/bare', { ports }),
      ...more,
    ]),
  ])

describe('a protocol in which the server speaks first', () => {
  const permissive = mesh()
  it.each([
    [
      'a proxy in PERMISSIVE mode waits for the client’s bytes for ever (TLS-11)',
      permissive,
      'plain',
      'ledger.bank:3306',
      'UNREACHABLE PROTOCOL_NOT_DETECTED at TRANSPORT',
    ],
    ['known by its port’s number (TLS-12)', permissive, 'plain', 'ledger.bank:25', 'UNREACHABLE PROTOCOL_NOT_DETECTED at TRANSPORT'],
    ['mutual TLS begins with the client’s hello (TLS-11)', permissive, 'client', 'ledger.bank:3306', 'REACHABLE DELIVERED'],
    ['without mutual TLS nothing is looked for (TLS-11)', mesh(mode('DISABLE')), 'plain', 'ledger.bank:3306', 'REACHABLE PASSTHROUGH'],
    [
      'in STRICT mode plaintext is refused anyway (TLS-11)',
      mesh(mode('STRICT')),
      'plain',
      'ledger.bank:3306',
      'UNREACHABLE TLS_REJECTED at TRANSPORT',
    ],
    ['a server without proxy greets (ROUTE-34)', permissive, 'plain', 'bare.bank:3306', 'REACHABLE PASSTHROUGH'],
    ['other plain TCP is spoken by the client (TLS-11)', permissive, 'plain', 'ledger.bank:90', 'REACHABLE PASSTHROUGH'],
    [
      'a proxy that gives up waiting passes it on (TLS-11)',
      mesh(meshConfig('protocolDetectionTimeout: 5s')),
      'plain',
      'ledger.bank:3306',
      'REACHABLE PASSTHROUGH',
    ],
  ])('%s', (_title, snapshot, from, to, expected) => {
    expect(told(ask(snapshot, `west/shop/${from}`, to))).toBe(expected)
  })

  it.each([
    ['the client’s own proxy waits at an undeclared port (ROUTE-10)', 'ledger.bank:70', 'UNREACHABLE PROTOCOL_NOT_DETECTED at ROUTE'],
    ['and at one declared HTTP (ROUTE-35)', 'bare.bank:80', 'UNREACHABLE PROTOCOL_NOT_DETECTED at ROUTE'],
  ])('%s', (_title, to, expected) => {
    expect(told(ask(permissive, 'west/shop/client', to, { protocol: 'SERVER_FIRST' }))).toBe(expected)
  })
})

describe('plain TCP at a port declared HTTP', () => {
  it('is passed on past the mesh to a server without proxy (ROUTE-35)', () => {
    expect(told(ask(mesh(), 'west/shop/client', 'bare.bank:80', { protocol: 'TCP' }))).toBe('REACHABLE PASSTHROUGH')
  })

  it('is refused where unknown destinations are (ROUTE-35, ROUTE-30)', () => {
    const snapshot = mesh(meshConfig('outboundTrafficPolicy: { mode: REGISTRY_ONLY }'))
    expect(told(ask(snapshot, 'west/shop/client', 'bare.bank:80', { protocol: 'TCP' }))).toBe('UNREACHABLE BLACKHOLED at ROUTE')
  })

  it('is no request to the server’s proxy (TLS-12, AUTHZ-25)', () => {
    expect(told(ask(mesh(), 'west/shop/plain', 'ledger.bank:80', { protocol: 'TCP' }))).toBe('UNREACHABLE PROTOCOL_REJECTED at TRANSPORT')
    const lead = istio('VirtualService', 'bank/lead', {
      hosts: ['ledger'],
      tcp: [{ match: [{ port: 90 }], route: [{ destination: { host: 'ledger', port: { number: 80 } } }] }],
    })
    expect(told(ask(mesh(lead), 'west/shop/client', 'ledger.bank:90'))).toBe('UNREACHABLE PROTOCOL_REJECTED at TRANSPORT')
    expect(told(ask(mesh(lead), 'west/shop/client', 'ledger.bank:90', { protocol: 'HTTP' }))).toBe('REACHABLE DELIVERED')
  })
})

describe('a Service and a ServiceEntry of one host', () => {
  it('are told apart by what is spoken: a connection that is no HTTP meets the listener on the Service’s address (VIS-10, ROUTE-35)', () => {
    const entry = istio('ServiceEntry', 'bank/bare', {
      hosts: ['bare.bank.svc.cluster.local'],
      location: 'MESH_INTERNAL',
      resolution: 'STATIC',
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      endpoints: [{ address: '62.0.0.1' }],
    })
    const config = meshConfig('outboundTrafficPolicy: { mode: REGISTRY_ONLY }')
    const bare = service('bank/bare', { clusterIP: '10.96.0.9', ports: [{ name: 'tcp', port: 80, targetPort: 8080 }] })
    const snapshot = topology([cluster('west', [deployment('shop/client'), deployment('bank/bare', naked), bare, entry, config])])
    expect(told(ask(snapshot, 'west/shop/client', 'bare.bank:80', { protocol: 'TCP' }))).toBe('REACHABLE DELIVERED')
  })
})

describe('what a policy knows by what is spoken', () => {
  const get = istio('AuthorizationPolicy', 'bank/get', { rules: [{ to: [{ operation: { methods: ['GET'] } }] }] })
  const policed = mesh(get)
  it.each([
    ['HTTP has a method (AUTHZ-25)', 'ledger.bank:70', { protocol: 'HTTP', method: 'GET' } as const, 'REACHABLE DELIVERED'],
    ['TCP has none (AUTHZ-24, AUTHZ-25)', 'ledger.bank:70', { protocol: 'TCP' } as const, 'UNREACHABLE DENIED at AUTHORIZATION'],
    [
      'HTTP that the client’s proxy takes for TCP has none inside mutual TLS (AUTHZ-25)',
      'ledger.bank:90',
      { protocol: 'HTTP', method: 'GET' } as const,
      'UNREACHABLE DENIED at AUTHORIZATION',
    ],
  ])('%s', (_title, to, more, expected) => {
    expect(told(ask(policed, 'west/shop/client', to, more))).toBe(expected)
  })

  it('a header that is said to be absent decides, one that is not named leaves it open (AUTHZ-9, AUTHZ-22)', () => {
    const rules = [{ when: [{ key: 'request.headers[x-k]', notValues: ['v'] }] }]
    const snapshot = mesh(istio('AuthorizationPolicy', 'bank/key', { action: 'DENY', rules }))
    const header = (value: object) => ({ method: 'GET', headers: [{ name: 'x-k', ...value }] })
    const answer = (value: object) => told(ask(snapshot, 'west/shop/client', 'ledger.bank:80', header(value)))
    expect([answer({ absent: true }), answer({ value: 'v' }), answer({ value: 'w' })]).toEqual([
      'UNREACHABLE DENIED at AUTHORIZATION',
      'REACHABLE DELIVERED',
      'UNREACHABLE DENIED at AUTHORIZATION',
    ])
    expect(ask(snapshot, 'west/shop/client', 'ledger.bank:80').verdict).toBe('AMBIGUOUS')
  })

  it('a route looks at absent headers alike (ROUTE-2)', () => {
    const route = [{ destination: { host: 'ledger' } }]
    const keyed = istio('VirtualService', 'bank/keyed', {
      hosts: ['ledger'],
      http: [{ match: [{ headers: { 'x-k': { exact: 'v' } } }], route }],
    })
    const without = { headers: [{ name: 'x-k', absent: true }] }
    expect(told(ask(mesh(keyed), 'west/shop/client', 'ledger.bank:80', without))).toBe('UNREACHABLE NO_ROUTE at ROUTE')
  })
})

describe('hosts in policies', () => {
  const only = (host: string) => mesh(istio('AuthorizationPolicy', 'bank/host', { rules: [{ to: [{ operation: { hosts: [host] } }] }] }))
  const http = (name: string, port: number) => ({
    ...service(`bank/${name}`, { selector: { app: 'ledger' }, ports: [{ name: 'http', port, targetPort: 8080 }] }),
  })
  it.each([
    ['port 80 is not written behind the host (AUTHZ-20)', 'ledger.bank', 'ledger.bank:80', 'REACHABLE'],
    ['any other port is (AUTHZ-20)', 'ledger.bank', 'ledger.bank:70', 'UNREACHABLE'],
    ['so that a policy has to name it (AUTHZ-20)', 'ledger.bank:70', 'ledger.bank:70', 'REACHABLE'],
    ['the host is the one that the application writes (AUTHZ-20)', 'ledger.bank.svc.cluster.local', 'ledger.bank:80', 'UNREACHABLE'],
  ])('%s', (_title, host, to, expected) => {
    for (const from of ['client', 'plain'])
      expect(ask(only(host), `west/shop/${from}`, to, { protocol: 'HTTP', method: 'GET' }).verdict).toBe(expected)
  })

  it('are not changed by a route to another port (AUTHZ-20, ROUTE-5)', () => {
    const route = istio('VirtualService', 'bank/other', {
      hosts: ['front'],
      http: [{ route: [{ destination: { host: 'ledger', port: { number: 80 } } }] }],
    })
    const snapshot = (host: string) =>
      mesh(http('front', 8000), route, istio('AuthorizationPolicy', 'bank/host', { rules: [{ to: [{ operation: { hosts: [host] } }] }] }))
    expect(ask(snapshot('front.bank:8000'), 'west/shop/client', 'front.bank:8000').verdict).toBe('REACHABLE')
    expect(ask(snapshot('front.bank'), 'west/shop/client', 'front.bank:8000').verdict).toBe('UNREACHABLE')
  })
})

describe('connection.sni in policies', () => {
  const named = (value: string) =>
    mesh(istio('AuthorizationPolicy', 'bank/sni', { rules: [{ when: [{ key: 'connection.sni', values: [value] }] }] }))
  it.each([
    [
      'is the name of the cluster that the client’s proxy calls (AUTHZ-22, TLS-9)',
      'client',
      'outbound_.80_._.ledger.bank.svc.cluster.local',
      'REACHABLE',
    ],
    ['of that cluster and no other (AUTHZ-22)', 'client', 'outbound_.80_._.bare.bank.svc.cluster.local', 'UNREACHABLE'],
    ['is not there in plaintext (AUTHZ-22)', 'plain', '*', 'UNREACHABLE'],
  ])('%s', (_title, from, value, expected) => {
    expect(ask(named(value), `west/shop/${from}`, 'ledger.bank:80').verdict).toBe(expected)
  })

  it.each([
    ['is the host that an application without proxy calls in TLS (AUTHZ-22)', 'front.bank:8443', 'front.bank', 'REACHABLE'],
    ['and no other name of it', 'front.bank:8443', 'front', 'UNREACHABLE'],
  ])('%s', (_title, to, value, expected) => {
    const tls = service('bank/front', { selector: { app: 'ledger' }, ports: [{ name: 'tls', port: 8443, targetPort: 8443 }] })
    const policy = istio('AuthorizationPolicy', 'bank/sni', { rules: [{ when: [{ key: 'connection.sni', values: [value] }] }] })
    expect(ask(mesh(tls, policy), 'west/shop/plain', to).verdict).toBe(expected)
  })
})
