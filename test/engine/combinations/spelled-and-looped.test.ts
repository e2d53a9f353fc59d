import { describe, expect, it } from 'vitest'
import { ask, cluster, deployment, istio, type Manifest, naked, service, told, topology } from './asking.js'

const entry = (spec: Manifest) =>
  istio('ServiceEntry', 'shop/api', {
    hosts: ['Api.Partner.example'],
    resolution: 'DNS',
    ports: [{ number: 80, name: 'p', protocol: 'HTTP' }],
    ...spec,
  })
const lead = (host: string) =>
  istio('VirtualService', 'shop/lead', {
    hosts: ['front.shop.svc.cluster.local'],
    http: [{ route: [{ destination: { host, port: { number: 80 } } }] }],
  })
const mesh = (...more: readonly Manifest[]) =>
  topology([cluster('west', [deployment('shop/client'), deployment('shop/plain', naked), ...more], { dns: { capture: true } })])

describe('a ServiceEntry’s host with capital letters', () => {
  it.each([
    [
      'a request meets a route in small letters, whose cluster does not exist (ROUTE-3)',
      { ports: [{ number: 80, name: 'p', protocol: 'HTTP' }] },
      'UNREACHABLE UNKNOWN_CLUSTER at ROUTE',
    ],
    ['a connection needs no route (ROUTE-3)', { ports: [{ number: 80, name: 'p', protocol: 'TCP' }] }, 'REACHABLE DELIVERED'],
  ])('%s', (_title, spec, expected) => {
    expect(told(ask(mesh(entry(spec)), 'west/shop/client', 'Api.Partner.example:80'))).toBe(expected)
  })

  it.each([
    ['Api.Partner.example', 'REACHABLE DELIVERED'],
    ['api.partner.example', 'UNREACHABLE UNKNOWN_CLUSTER at ROUTE'],
  ])('a route to `%s` must spell it alike (ROUTE-3)', (host, expected) => {
    const front = service('shop/front', { selector: { app: 'client' } })
    expect(told(ask(mesh(entry({}), front, lead(host)), 'west/shop/client', 'front.shop:80'))).toBe(expected)
  })
})

describe('a ServiceEntry’s address of the caller itself', () => {
  const looped = (address: string) =>
    entry({ hosts: ['db.far.example'], addresses: [address], resolution: 'STATIC', endpoints: [{ address: '198.51.100.77' }] })
  it.each([
    ['127.255.0.2', 'UNREACHABLE NOT_LISTENING at ROUTE'],
    ['::1', 'UNREACHABLE NOT_LISTENING at ROUTE'],
    ['240.9.9.2', 'REACHABLE DELIVERED'],
  ])('%s: what is dialled there never leaves the pod (ROUTE-33)', (address, expected) => {
    expect(told(ask(mesh(looped(address)), 'west/shop/client', 'db.far.example:80'))).toBe(expected)
  })
})

it('a proxy of an old release was handed it all the same (ROUTE-33)', () => {
  const entrance = istio('ServiceEntry', 'shop/db', {
    hosts: ['db.far.example'],
    addresses: ['127.255.0.2'],
    resolution: 'STATIC',
    ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
    endpoints: [{ address: '198.51.100.77' }],
  })
  const old = topology([cluster('west', [deployment('shop/client'), entrance], { dns: { capture: true } })], {
    controlPlanes: [{ name: 'west', cluster: 'west', version: '1.2.0' }],
  })
  expect(ask(old, 'west/shop/client', 'db.far.example:80').verdict).toBe('REACHABLE')
})

describe('TLS that a DestinationRule originates to an application of the cluster', () => {
  const rule = (tls: Manifest) => istio('DestinationRule', 'shop/tls', { host: 'bare.bank.svc.cluster.local', trafficPolicy: { tls } })
  const bare = [deployment('bank/bare', naked), service('bank/bare')]
  it.each([
    ['without authorities of its own no certificate is taken (TLS-5)', { mode: 'SIMPLE' }, 'UNREACHABLE TLS_REJECTED at TRANSPORT'],
    [
      'with them only the application knows (TLS-5)',
      { mode: 'SIMPLE', caCertificates: '/etc/ca.pem' },
      'AMBIGUOUS OTHER_TLS_PASSED_ON at TRANSPORT',
    ],
    ['without verification as well (TLS-5)', { mode: 'SIMPLE', insecureSkipVerify: true }, 'AMBIGUOUS OTHER_TLS_PASSED_ON at TRANSPORT'],
  ])('%s', (_title, tls, expected) => {
    expect(told(ask(mesh(...bare, rule(tls)), 'west/shop/client', 'bare.bank:80'))).toBe(expected)
  })
})

it('a flag of the control plane lets every certificate pass (TLS-5)', () => {
  const rule = istio('DestinationRule', 'shop/tls', { host: 'bare.bank.svc.cluster.local', trafficPolicy: { tls: { mode: 'SIMPLE' } } })
  const objects = [deployment('shop/client'), deployment('bank/bare', naked), service('bank/bare'), rule]
  const lenient = topology([cluster('west', objects)], {
    controlPlanes: [{ name: 'west', cluster: 'west', flags: { VERIFY_CERTIFICATE_AT_CLIENT: 'false' } }],
  })
  expect(ask(lenient, 'west/shop/client', 'bare.bank:80').verdict).toBe('AMBIGUOUS')
})

describe('bytes that are no HTTP to a host known only to routes', () => {
  const route = istio('VirtualService', 'bank/ghost', {
    hosts: ['bare.bank.svc.cluster.local'],
    http: [{ route: [{ destination: { host: 'front.shop.svc.cluster.local' } }] }],
  })
  const hidden = [
    deployment('bank/bare', naked),
    service(
      'bank/bare',
      { ports: [{ name: 'tcp', port: 80, targetPort: 8080 }] },
      { annotations: { 'networking.istio.io/exportTo': '.' } },
    ),
  ]
  it('go where the application dials, and requests where the route leads (ROUTE-1, ROUTE-35)', () => {
    const snapshot = mesh(route, ...hidden, deployment('shop/front'), service('shop/front'))
    expect(told(ask(snapshot, 'west/shop/client', 'bare.bank:80'))).toBe('REACHABLE PASSTHROUGH')
    expect(ask(snapshot, 'west/shop/client', 'bare.bank.svc.cluster.local:80', { protocol: 'HTTP' }).endpoints[0]?.workload).toBe(
      'shop/front',
    )
    expect(told(ask(snapshot, 'west/shop/client', 'bare.bank:80', { protocol: 'SERVER_FIRST' }))).toBe(
      'UNREACHABLE PROTOCOL_NOT_DETECTED at ROUTE',
    )
  })
})
