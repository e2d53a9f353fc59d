import { describe, expect, it } from 'vitest'
import { gateway, type Manifest, service, virtualService } from '../calling.js'
import { ask, edgePods, edgeService, gate, http, route, said, tls } from './edge.js'

describe('a client outside of every cluster', () => {
  const edge = [edgeService(), edgePods, gate(http(['*'])), route(['*'])]

  describe('whose host several VirtualServices have', () => {
    const other = service('shop/other', { selector: { app: 'web' }, ports: [{ name: 'http', port: 8080 }] })
    const to = (host: string) => ({ route: [{ destination: { host } }] })
    const age = (year: number) => ({ creationTimestamp: `${year}-01-01T00:00:00Z` })
    const routes = (name: string, hosts: readonly string[], year: number, list: readonly Manifest[]): Manifest => {
      const { metadata, ...rest } = virtualService(`shop/${name}`, { hosts, gateways: ['edge/gate'], http: list })
      return { ...rest, metadata: { ...(metadata as Manifest), ...age(year) } }
    }
    const led = (objects: readonly Manifest[], path = '/'): string => {
      const answer = ask([edgeService(), edgePods, other, ...objects], 'shop.example', { port: 80, path })
      if (answer.verdict !== 'REACHABLE') return answer.reason
      return answer.steps.find(({ stage }) => stage === 'DISCOVERY')?.because[0]?.name ?? ''
    }
    const x = { match: [{ uri: { prefix: '/x' } }], ...to('other') }

    it('gets the routes of all, those that take everything last (ROUTE-11, SortVHostRoutes)', () => {
      const both = [
        gate(http(['*'])),
        routes('old', ['shop.example'], 2020, [to('web')]),
        routes('new', ['shop.example'], 2021, [x, to('other')]),
      ]
      expect([led(both, '/x'), led(both)]).toEqual(['other', 'web'])
    })

    it('gets those of a wildcard too where the server writes the host in full (ROUTE-11)', () => {
      const own = [routes('a', ['*.example'], 2020, [to('web')]), routes('b', ['shop.example'], 2021, [to('other')])]
      expect(led([gate(http(['shop.example'])), ...own])).toBe('web')
      expect(led([gate(http(['*'])), ...own])).toBe('other')
    })

    it('is not led by routes that are for other Gateways, nor kept from a wider name by them (ROUTE-2, ROUTE-11)', () => {
      const elsewhere = gateway('edge/all', { selector: { istio: 'edge' }, servers: [http(['*'])] })
      const foreign = { ...to('other'), match: [{ gateways: ['edge/all'], uri: { prefix: '/x' } }] }
      const narrow = routes('narrow', ['shop.example'], 2020, [foreign])
      const wide = virtualService('shop/wide', { hosts: ['*'], gateways: ['edge/all'], http: [to('web')] })
      expect([
        led([gate(http(['shop.example'])), elsewhere, narrow, wide], '/x'),
        led([gate(http(['shop.example'])), elsewhere, narrow, wide]),
      ]).toEqual(['web', 'web'])
    })

    it('is redirected where the narrowest name is of a server that redirects (ROUTE-7)', () => {
      const redirect = { ...http(['*.example']), tls: { httpsRedirect: true } }
      const plain = { port: { number: 80, protocol: 'HTTP', name: 'plain' }, hosts: ['shop.example'] }
      const own = routes('a', ['shop.example'], 2020, [to('web')])
      expect(led([gate(redirect), own])).toBe('REDIRECTED')
      const elsewhere = gateway('edge/plain', { selector: { istio: 'edge' }, servers: [plain] })
      const bound = virtualService('shop/b', { hosts: ['shop.example'], gateways: ['edge/plain'], http: [to('web')] })
      expect(led([gate(redirect), elsewhere, bound])).toBe('web')
    })
  })

  it.each<[string, readonly string[], readonly string[], string]>([
    ['one name with and without a namespace', ['shop.example'], ['shop/shop.example'], 'UNREACHABLE GATEWAY_NOT_LISTENING'],
    ['names of two namespaces', ['edge/other.example', 'shop.example'], ['shop/other.example'], 'UNREACHABLE GATEWAY_NOT_LISTENING'],
    ['other names', ['shop.example'], ['shop/other.example'], 'REACHABLE DELIVERED'],
  ])('meets nobody where two servers hold %s over TLS (ROUTE-12)', (_, first, second, expected) => {
    const cert = { credentialName: 'cert' }
    const named = { ...tls(second, 'SIMPLE', 'HTTPS', cert), port: { number: 443, protocol: 'HTTPS', name: 'second' } }
    expect(
      said(
        ask([edgeService(), edgePods, gate(tls(first, 'SIMPLE', 'HTTPS', cert), named), route(['shop.example'])], 'shop.example', {
          port: 443,
        }),
      ),
    ).toBe(expected)
  })

  it('goes by the server that has a chain where an older one of the name has none (ROUTE-9)', () => {
    const old = { port: { number: 443, protocol: 'TLS', name: 'old' }, hosts: ['*.example'], tls: { mode: 'PASSTHROUGH' } }
    const objects = [edgeService(), edgePods, gateway('edge/a', { selector: { istio: 'edge' }, servers: [old] })]
    const later = gateway('edge/gate', {
      selector: { istio: 'edge' },
      servers: [tls(['edge/*.example', 'shop/*.example'], 'SIMPLE', 'HTTPS', { credentialName: 'cert' })],
    })
    expect(said(ask([...objects, later, route(['shop.example'])], 'shop.example', { port: 443 }))).toBe('REACHABLE DELIVERED')
  })

  it('goes by a wider name where the narrower has no chain, and by servers of another number that share its port (ROUTE-9, ROUTE-12)', () => {
    const passing = { port: { number: 443, protocol: 'TLS', name: 'passing' }, hosts: ['shop.example'], tls: { mode: 'PASSTHROUGH' } }
    const wide = tls(['*.example'], 'SIMPLE', 'HTTPS', { credentialName: 'cert' })
    expect(said(ask([edgeService(), edgePods, gate(passing, wide), route(['shop.example'])], 'shop.example', { port: 443 }))).toBe(
      'REACHABLE DELIVERED',
    )
    const redirect = { ...http(['*.example'], 8080), tls: { httpsRedirect: true } }
    expect(said(ask([edgeService(), edgePods, gate(http(['shop.example']), redirect), route(['shop.example'])], 'shop.example'))).toBe(
      'UNREACHABLE REDIRECTED',
    )
    expect(said(ask([edgeService(), edgePods, gate(redirect, http(['*'])), route(['else.where'])], 'shop.example'))).toBe(
      'UNREACHABLE REDIRECTED',
    )
  })

  it.each([
    ['TLS', 'web'],
    ['HTTP', 'other'],
  ] as const)('that speaks %s at a port that takes both gets what is bound to its server (ROUTE-12)', (protocol, expected) => {
    const port = (name: string, of: string) => ({ number: 443, protocol: of, name })
    const secure = { port: port('s', 'HTTPS'), hosts: ['*.example'], tls: { mode: 'SIMPLE', credentialName: 'cert' } }
    const later = gateway('edge/later', { selector: { istio: 'edge' }, servers: [{ port: port('p', 'HTTP'), hosts: ['*.example'] }] })
    const other = service('shop/other', { selector: { app: 'web' }, ports: [{ name: 'http', port: 8080 }] })
    const plain = virtualService('shop/plain', {
      hosts: ['shop.example'],
      gateways: ['edge/later'],
      http: [{ route: [{ destination: { host: 'other' } }] }],
    })
    const answer = ask([edgeService(), edgePods, gate(secure), later, other, route(['shop.example']), plain], 'shop.example', {
      port: 443,
      protocol,
      path: '/',
    })
    expect([answer.verdict, answer.steps.find(({ stage }) => stage === 'DISCOVERY')?.because[0]?.name]).toEqual(['REACHABLE', expected])
  })

  it('is told for which hosts its gateway has routes, the nearest first (ROUTE-11)', () => {
    const objects = [edgeService(), edgePods, gate(http(['*'])), route(['shop.example', 'a.quite.different.one'])]
    expect(ask(objects, 'shops.example').summary).toContain('forwards only what it has routes for; did you mean `shop.example` (')
    expect(ask(objects, 'x.io').summary).toContain('; it has some for `shop.example` and `a.quite.different.one` (')
  })

  it('is told that a server is left out beside an older one (ROUTE-12)', () => {
    const answer = ask(
      [
        ...edge,
        gateway('edge/new', { selector: { istio: 'edge' }, servers: [tls(['a.example'], 'SIMPLE')] }),
        gateway('edge/old', { selector: { istio: 'edge' }, servers: [tls(['a.example', 'b.example'], 'SIMPLE')] }),
      ],
      'b.example',
      { port: 443 },
    )
    expect(said(answer)).toBe('UNREACHABLE GATEWAY_HOST_NOT_EXPOSED')
    expect(answer.summary).toContain('istiod leaves it out beside Gateway `edge/new`, which comes first')
  })

  it('that speaks plain TCP is led on whatever name it calls (ROUTE-9)', () => {
    const server = { port: { number: 80, protocol: 'TCP', name: 'tcp' }, hosts: ['db.example'] }
    const tcp = virtualService('shop/db', {
      hosts: ['db.example'],
      gateways: ['edge/gate'],
      tcp: [{ route: [{ destination: { host: 'db' } }] }],
    })
    const db = service('shop/db', { selector: { app: 'web' }, ports: [{ name: 'tcp', port: 5432 }] })
    const objects = [edgeService(), edgePods, gate(server), tcp, db]
    expect([ask(objects, 'db.example'), ask(objects, 'other.example')].map(({ verdict }) => verdict)).toEqual(['REACHABLE', 'REACHABLE'])
  })

  describe('over TLS that a gateway passes on', () => {
    const passing = tls(['*.example'], 'PASSTHROUGH', 'TLS')
    const ending = tls(['a.example', 'b.example'], 'SIMPLE', 'HTTPS', { credentialName: 'cert' })
    const safe = service('shop/safe', { selector: { app: 'web' }, ports: [{ name: 'tls', port: 8443 }] })
    const block = (sni: readonly string[], more: Manifest = {}): Manifest => ({ sniHosts: sni, ...more })
    const routed = (match: readonly Manifest[], more: Manifest = {}): Manifest =>
      virtualService('shop/safe', {
        hosts: ['x.example'],
        gateways: ['edge/gate'],
        tls: [{ match, route: [{ destination: { host: 'safe', port: { number: 8443 } } }] }],
        ...more,
      })
    const led = (objects: readonly Manifest[], host = 'x.example'): string =>
      said(ask([edgeService(), edgePods, safe, ...objects], host, { port: 443 }))
    const unled = 'UNREACHABLE NO_ROUTE'

    it.each<[string, string, Manifest, string]>([
      ['the server name of a route', 'x.example', routed([block(['x.example'])]), 'REACHABLE DELIVERED'],
      ['one that is no host of the route nor of the server', 'other.org', routed([block(['other.org'])]), 'REACHABLE DELIVERED'],
      ['no host that the route does not ask for', 'x.example', routed([block(['y.example'])]), unled],
      ['nothing by a block for another port', 'x.example', routed([block(['x.example'], { port: 444 })]), unled],
      ['nothing by a block for another Gateway', 'x.example', routed([block(['x.example'], { gateways: ['edge/else'] })]), unled],
      ['nothing by a route without blocks', 'x.example', routed([]), unled],
      ['nothing by a route that is bound elsewhere', 'x.example', routed([block(['x.example'])], { gateways: ['edge/else'] }), unled],
      ['nothing by one that the gateway is not offered', 'x.example', routed([block(['x.example'])], { exportTo: ['.'] }), unled],
    ])('%s decides (ROUTE-9)', (_, host, route, expected) => {
      expect(led([gate(passing), route], host)).toBe(expected)
    })

    it('leaves a name to a server that ends its TLS where routes of the other do not ask for it (ROUTE-9)', () => {
      const objects = [gate(passing, ending), route(['a.example', 'b.example']), routed([block(['x.example'])])]
      expect([led(objects, 'a.example'), led(objects)]).toEqual(['REACHABLE DELIVERED', 'REACHABLE DELIVERED'])
    })

    it('meets nobody where a route asks for a name whose TLS a server ends as well (ROUTE-12)', () => {
      const objects = [gate(passing, ending), route(['a.example', 'b.example']), routed([block(['x.example', 'b.example'])])]
      expect(led(objects)).toBe('UNREACHABLE GATEWAY_NOT_LISTENING')
    })

    it('meets the first of two servers whose routes ask for one name (ROUTE-9, GWAPI-55)', () => {
      const second = { ...passing, hosts: ['*.org'], port: { number: 443, protocol: 'TLS', name: 'second' } }
      const later = routed([block(['x.example'])], { hosts: ['x.org'] })
      const other = { ...later, metadata: { namespace: 'shop', name: 'other' } }
      expect(led([gate(passing, second), routed([block(['x.example'])]), other])).toBe('REACHABLE DELIVERED')
    })
  })

  it('is led on by a TCP server whatever the gateway is asked for (ROUTE-9)', () => {
    const server = { port: { number: 9000, protocol: 'TCP', name: 'tcp' }, hosts: ['db.example'] }
    const tcp = virtualService('shop/db', {
      hosts: ['db.example'],
      gateways: ['edge/gate'],
      tcp: [{ match: [{ port: 9000 }], route: [{ destination: { host: 'db' } }] }],
    })
    const db = service('shop/db', { selector: { app: 'web' }, ports: [{ name: 'tcp', port: 5432 }] })
    const more = [{ name: 'tcp', port: 9000 }]
    const answered = (objects: readonly Manifest[]): string =>
      said(ask([edgeService({ ports: more }), edgePods, db, ...objects], 'any.org', { port: 9000 }))
    expect(answered([gate(server), tcp])).toBe('REACHABLE DELIVERED')
    expect(answered([gate(server)])).toContain('UNREACHABLE')
  })
})
