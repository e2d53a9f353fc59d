import { describe, expect, it } from 'vitest'
import { ask, blamed, cluster, deployment, gatewayProxy, istio, type Manifest, service, told, topology } from './asking.js'

const gateway = 'egressgateway.istio-system.svc.cluster.local'
const ledger = 'ledger.bank.svc.cluster.local'
const server = (tls?: Manifest, hosts: readonly string[] = ['*']) => {
  const port = { number: 80, name: 'http', protocol: tls === undefined ? 'HTTP' : 'HTTPS' }
  const servers = [{ port, hosts, ...(tls === undefined ? {} : { tls }) }]
  return istio('Gateway', 'istio-system/out', { selector: { istio: 'egressgateway' }, servers })
}
/** From the mesh to the gateway, and from there to the host itself. */
const through = (host: string) =>
  istio('VirtualService', 'istio-system/via', {
    hosts: [host],
    gateways: ['mesh', 'out'],
    http: [
      { match: [{ gateways: ['mesh'] }], route: [{ destination: { host: gateway, port: { number: 80 } } }] },
      { match: [{ gateways: ['out'] }], route: [{ destination: { host } }] },
    ],
  })
const around = istio('VirtualService', 'istio-system/via', {
  hosts: [ledger],
  gateways: ['mesh', 'out'],
  http: [{ route: [{ destination: { host: gateway, port: { number: 80 } } }] }],
})
const api = istio('ServiceEntry', 'istio-system/api', {
  hosts: ['api.example.com'],
  ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
  resolution: 'DNS',
})
const allowAtLedger = (principal: string) =>
  istio('AuthorizationPolicy', 'bank/allow', { rules: [{ from: [{ source: { principals: [`cluster.local/ns/${principal}`] } }] }] })
const allowAtGateway = istio('AuthorizationPolicy', 'istio-system/allow', {
  selector: { matchLabels: { istio: 'egressgateway' } },
  rules: [{ from: [{ source: { namespaces: ['shop'] } }] }],
})
const mutual = istio('DestinationRule', 'istio-system/out', { host: gateway, trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } })
const mutualAs = (sni: string) =>
  istio('DestinationRule', 'istio-system/out', { host: gateway, trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL', sni } } })
const ofApi = ['api.example.com']
const narrow = istio('Sidecar', 'shop/default', {
  egress: [{ hosts: ['istio-system/*', './*'] }],
  outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
})

const mesh = (...extra: readonly Manifest[]) => {
  const proxy = gatewayProxy('egressgateway', [{ name: 'http', port: 80, targetPort: 8080 }])
  return topology([cluster('west', [deployment('shop/web'), ...proxy, deployment('bank/ledger'), service('bank/ledger'), ...extra])])
}

describe('a call that routes send through an egress gateway is two calls (ROUTE-13)', () => {
  it.each([
    ['to a host outside', [server(), through('api.example.com'), api], 'api.example.com:80', 'REACHABLE DELIVERED'],
    [
      'also where the client’s own policy is REGISTRY_ONLY (ROUTE-30)',
      [server(), through('api.example.com'), api, narrow],
      'api.example.com:80',
      'REACHABLE DELIVERED',
    ],
    [
      'but not where the gateway opens no port for it (ROUTE-12)',
      [through('api.example.com'), api],
      'api.example.com:80',
      'UNREACHABLE GATEWAY_NOT_LISTENING at TRANSPORT',
    ],
    [
      'the server sees the gateway’s account (AUTHZ-17)',
      [server(), through(ledger), allowAtLedger('istio-system/sa/egressgateway')],
      'ledger.bank',
      'REACHABLE DELIVERED',
    ],
    [
      'and not the client’s (AUTHZ-17)',
      [server(), through(ledger), allowAtLedger('shop/sa/web')],
      'ledger.bank',
      'UNREACHABLE DENIED at AUTHORIZATION',
    ],
    [
      'the gateway sees no identity, since its pods advertise no mutual TLS (MODEL-35, AUTHZ-14)',
      [server(), through(ledger), allowAtGateway],
      'ledger.bank',
      'UNREACHABLE DENIED at AUTHORIZATION',
    ],
    [
      'unless both ends are told to use it (TLS-5, TLS-13)',
      [server({ mode: 'ISTIO_MUTUAL' }), through(ledger), allowAtGateway, mutual],
      'ledger.bank',
      'REACHABLE DELIVERED',
    ],
    ['one end alone is not enough (TLS-13)', [server(), through(ledger), mutual], 'ledger.bank', 'UNREACHABLE TLS_REJECTED at TRANSPORT'],
    [
      'it takes the host that its server has (ROUTE-11)',
      [server(undefined, ofApi), through(ofApi[0] ?? ''), api],
      'api.example.com:80',
      'REACHABLE DELIVERED',
    ],
    [
      'and no other that came in, wherever its routes lead (ROUTE-11)',
      [server(undefined, ['other.example.com']), through('api.example.com'), api],
      'api.example.com:80',
      'UNREACHABLE NO_ROUTE at ROUTE',
    ],
    [
      'mutual TLS asks for the gateway’s Service, which a server of one host does not have (TLS-9, TLS-13)',
      [server({ mode: 'ISTIO_MUTUAL' }, ofApi), through('api.example.com'), api, mutual],
      'api.example.com:80',
      'UNREACHABLE TLS_REJECTED at TRANSPORT',
    ],
    [
      'unless the rule says to ask for the host (TLS-9, TLS-13)',
      [server({ mode: 'ISTIO_MUTUAL' }, ofApi), through('api.example.com'), api, mutualAs('api.example.com')],
      'api.example.com:80',
      'REACHABLE DELIVERED',
    ],
    ['a route that leads the gateway back to itself ends nowhere', [server(), around], 'ledger.bank', 'UNREACHABLE ROUTE_LOOP at ROUTE'],
  ])('%s', (_title, extra, to, expected) => {
    expect(told(ask(mesh(...extra), 'west/shop/web', to))).toBe(expected)
  })
})

describe('TLS passed on by an egress gateway', () => {
  const ports = [{ name: 'tls', port: 443, targetPort: 8443 }]
  const passesOn = istio('Gateway', 'istio-system/out', {
    selector: { istio: 'egressgateway' },
    servers: [{ port: { number: 443, name: 'tls', protocol: 'TLS' }, tls: { mode: 'PASSTHROUGH' }, hosts: ['api.example.com'] }],
  })
  const host = istio('ServiceEntry', 'istio-system/api', {
    hosts: ['api.example.com'],
    ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
    resolution: 'DNS',
  })
  const route = (match: Manifest, to: string) => ({
    match: [{ port: 443, sniHosts: ['api.example.com'], ...match }],
    route: [{ destination: { host: to, port: { number: 443 } } }],
  })
  const toGateway = route({ gateways: ['mesh'] }, gateway)
  const toHost = route({ gateways: ['out'] }, 'api.example.com')
  const via = (place: string, tls: readonly Manifest[]) =>
    istio('VirtualService', place, { hosts: ['api.example.com'], gateways: ['mesh', 'out'], tls })
  const answerOf = (entrance: readonly Manifest[], routes: readonly Manifest[], to = 'api.example.com:443') => {
    const objects = [deployment('shop/web'), ...gatewayProxy('egressgateway', entrance), passesOn, host, ...routes]
    return ask(topology([cluster('west', objects)]), 'west/shop/web', to)
  }
  const answerBy = (entrance: readonly Manifest[], ...routes: readonly Manifest[]) => told(answerOf(entrance, routes))
  const answer = (...routes: readonly Manifest[]) => answerBy(ports, ...routes)

  it('is TLS to a port of the gateway’s Service that declares nothing, too (TLS-8)', () => {
    const undeclared = [{ name: 'p443', port: 443, targetPort: 8443 }]
    expect(answerBy(undeclared, via('istio-system/via', [toGateway, toHost]))).toBe('REACHABLE DELIVERED')
  })

  it.each([
    ['the route for the mesh first, as Istio’s pages write it', [toGateway, toHost]],
    ['the route for the gateway first', [toHost, toGateway]],
    ['a route for all after the one for the mesh', [toGateway, route({}, 'api.example.com')]],
    ['a route for another port between them', [toGateway, route({ port: 8443, gateways: ['out'] }, gateway), toHost]],
  ])('takes the route that is for the gateway: %s (ROUTE-9, ROUTE-13)', (_title, tls) => {
    expect(answer(via('istio-system/via', tls))).toBe('REACHABLE DELIVERED')
  })

  it('has no chain where the server is for another host, wherever the routes lead (ROUTE-9, ROUTE-11)', () => {
    const other = { port: { number: 443, name: 'tls', protocol: 'TLS' }, tls: { mode: 'PASSTHROUGH' }, hosts: ['other.example.com'] }
    const elsewhere = istio('Gateway', 'istio-system/out', { selector: { istio: 'egressgateway' }, servers: [other] })
    const objects = [
      deployment('shop/web'),
      ...gatewayProxy('egressgateway', ports),
      elsewhere,
      host,
      via('istio-system/via', [toGateway, toHost]),
    ]
    const found = ask(topology([cluster('west', objects)]), 'west/shop/web', 'api.example.com:443')
    expect(told(found)).toBe('UNREACHABLE NO_ROUTE at ROUTE')
    expect(found.summary).toContain('`other.example.com` only')
  })

  it.each([
    ['api.example.com', 'REACHABLE DELIVERED'],
    ['other.example.com', 'UNREACHABLE DENIED at AUTHORIZATION'],
  ])(
    'has the server name of the host that the application calls, where policies of the gateway ask for %s (AUTHZ-22)',
    (name, expected) => {
      const named = istio('AuthorizationPolicy', 'istio-system/named', {
        selector: { matchLabels: { istio: 'egressgateway' } },
        rules: [{ when: [{ key: 'connection.sni', values: [name] }] }],
      })
      expect(answer(via('istio-system/via', [toGateway, toHost]), named)).toBe(expected)
    },
  )

  it('is of a host that the caller does not have, and the answer says who hides it (VIS-2, ROUTE-30)', () => {
    const hidden = istio('ServiceEntry', 'istio-system/hidden', {
      hosts: ['hidden.example.com'],
      exportTo: ['.'],
      ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
      resolution: 'DNS',
    })
    const match = [{ gateways: ['mesh'], port: 443, sniHosts: ['hidden.example.com'] }]
    const tls = [{ match, route: [{ destination: { host: gateway, port: { number: 443 } } }] }]
    const routes = istio('VirtualService', 'istio-system/hidden', { hosts: ['hidden.example.com'], gateways: ['mesh', 'out'], tls })
    const found = answerOf(ports, [hidden, routes, narrow], 'hidden.example.com:443')
    expect(told(found)).toBe('UNREACHABLE BLACKHOLED at ROUTE')
    expect(found.summary).toContain('exported only to `istio-system`')
    expect(blamed(found)).toContain('ServiceEntry west/istio-system/hidden')
  })

  it('has no chain where every route is for the mesh (ROUTE-9)', () => {
    expect(answer(via('istio-system/via', [toGateway]))).toMatch(/^UNREACHABLE NO_ROUTE/)
  })

  it('takes the first of two routes for one server name, and leaves the second out (GWAPI-55)', () => {
    const lost = route({ gateways: ['out'] }, 'nobody.example.com')
    expect(answer(via('istio-system/via', [toGateway, toHost, lost]))).toBe('REACHABLE DELIVERED')
    expect(answer(via('istio-system/via', [toGateway, lost, toHost]))).toMatch(/^UNREACHABLE/)
  })

  describe.each([
    ['a gateway', 'out', 'shop.example.com'],
    ['a sidecar', 'mesh', 'shop.example.com'],
  ])('at %s the most specific server name counts, wherever it stands (ROUTE-9)', (_title, at, name) => {
    const hosts = ['*.example.com']
    const wideServer = { port: { number: 443, name: 'tls', protocol: 'TLS' }, tls: { mode: 'PASSTHROUGH' }, hosts }
    const stands = [
      istio('Gateway', 'istio-system/out', { selector: { istio: 'egressgateway' }, servers: [wideServer] }),
      istio('ServiceEntry', 'istio-system/api', {
        hosts,
        ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
        resolution: 'NONE',
      }),
      service('bank/wide', { ports: [{ name: 'tls', port: 443 }] }),
      deployment('bank/wide'),
    ]
    const taking = (sni: string, to: string) => ({
      match: [{ port: 443, sniHosts: [sni] }],
      route: [{ destination: { host: `${to}.bank.svc.cluster.local`, port: { number: 443 } } }],
    })
    const routing = (place: string, tls: readonly Manifest[]) =>
      istio('VirtualService', place, { hosts, gateways: [at === 'mesh' ? 'mesh' : 'istio-system/out'], tls })
    const from = at === 'mesh' ? 'west/shop/web' : 'west/istio-system/egressgateway'
    const ends = (...routes: readonly Manifest[]) => {
      const objects = [deployment('shop/web'), ...gatewayProxy('egressgateway', ports), ...stands, ...routes]
      return told(ask(topology([cluster('west', objects)]), from, `${name}:443`))
    }
    const exactly = taking(name, 'nobody')

    it.each([
      ['all names', taking('*.com', 'wide')],
      ['names below', taking('*.example.com', 'wide')],
    ])('an exact name after %s', (_before, wide) => {
      expect(ends(routing('istio-system/via', [wide, exactly]))).toMatch(/^UNREACHABLE UNKNOWN_CLUSTER/)
      expect(ends(routing('istio-system/via', [exactly, wide]))).toMatch(/^UNREACHABLE UNKNOWN_CLUSTER/)
    })

    it('a longer pattern after a shorter one', () => {
      expect(ends(routing('istio-system/via', [taking('*.com', 'nobody'), taking('*.example.com', 'wide')]))).toMatch(/^REACHABLE/)
    })

    it('also among a pattern that is written very often', () => {
      const often = taking('*.example.com', 'wide')
      const match = [{ port: 443, sniHosts: Array<string>(300_000).fill('*.example.com') }]
      expect(ends(routing('istio-system/via', [{ ...often, match }]))).toMatch(/^REACHABLE/)
    })

    it('in another VirtualService', () => {
      expect(
        ends(routing('istio-system/a', [taking('*.example.com', 'nobody')]), routing('istio-system/b', [taking(name, 'wide')])),
      ).toMatch(/^REACHABLE/)
    })
  })
})
