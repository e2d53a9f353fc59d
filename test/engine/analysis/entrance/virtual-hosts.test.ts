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
})
