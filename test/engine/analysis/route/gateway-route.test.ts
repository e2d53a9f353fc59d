import { describe, expect, it } from 'vitest'
import { resolveName } from '#engine/analysis/name/resolve-name'
import { chooseRoute } from '#engine/analysis/route/choose-route'
import { findInScope } from '#engine/analysis/scope/find-in-scope'
import {
  calling,
  clientOf,
  exportedTo,
  gateway,
  type Manifest,
  namespace,
  service,
  serviceEntry,
  sidecar,
  valueOf,
  virtualService,
  west,
  world,
} from '../calling.js'
import { routeOf } from '../routing.js'

const edge: readonly Manifest[] = [
  namespace('edge', {}),
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'edge', name: 'gate' },
    spec: { template: { metadata: { labels: { istio: 'gate' } }, spec: { containers: [{ name: 'istio-proxy', image: 'proxyv2' }] } } },
  },
]
const server = (hosts: readonly string[], more: Manifest = {}): Manifest => ({
  port: { number: 80, protocol: 'HTTP', name: 'http' },
  hosts,
  ...more,
})
const gate = (...servers: readonly Manifest[]) => gateway('edge/gate', { selector: { istio: 'gate' }, servers })
const to = (host: string, more: Manifest = {}): Manifest => ({ destination: { host, ...more } })
const bound = (name: string, host: string, routes: Manifest, gateways = ['edge/gate']) =>
  virtualService(name, { hosts: [host], gateways, ...routes })
const reviews = service('shop/reviews')

const ask = (objects: readonly Manifest[], host = 'shop.example.com', port = 80, path?: string) => {
  const client = clientOf(world({ clusters: { west: west(reviews, ...edge, ...objects) } }), 'west/edge/gate')
  const call = calling(client, host, path === undefined ? {} : { path })
  const named = valueOf(resolveName(call))
  const inScope = findInScope(call, named, port)
  return inScope.passed ? chooseRoute(call, named, inScope.value, port) : inScope
}
const reached = (outcome: ReturnType<typeof ask>): string => {
  if (!outcome.passed || !('alternatives' in outcome.value)) return outcome.step.reason
  return outcome.value.alternatives.flatMap(({ targets }) => targets.map((one) => `${one.service.hostname}:${one.port.number}`)).join(' ')
}
const everything = { http: [{ route: [to('reviews.shop.svc.cluster.local')] }] }
const found = 'reviews.shop.svc.cluster.local:80'

describe('a gateway as client', () => {
  it('forwards a host that one of its servers takes and a bound VirtualService routes (ROUTE-11, ROUTE-12)', () => {
    expect(reached(ask([gate(server(['*.example.com'])), bound('shop/vs', 'shop.example.com', everything)]))).toBe(found)
  })

  it('without a VirtualService it has no route (ROUTE-9, ROUTE-11)', () => {
    expect(reached(ask([gate(server(['*.example.com']))]))).toBe('NO_ROUTE')
  })

  it('a VirtualService bound to the mesh or to another gateway does not concern it (VIS-27, ROUTE-11)', () => {
    expect(reached(ask([gate(server(['*'])), bound('shop/vs', 'shop.example.com', everything, ['mesh'])]))).toBe('NO_ROUTE')
    expect(reached(ask([gate(server(['*'])), bound('shop/vs', 'shop.example.com', everything, ['gate'])]))).toBe('NO_ROUTE')
  })

  it.each([
    ['shop/*.example.com', found],
    ['*/*.example.com', found],
    ['./*.example.com', 'NO_ROUTE'],
    ['*.example.org', 'NO_ROUTE'],
  ])('a server for `%s` gives %s to a VirtualService of namespace shop (ROUTE-11)', (host, result) => {
    expect(reached(ask([gate(server([host])), bound('shop/vs', 'shop.example.com', everything)]))).toBe(result)
  })

  it.each(['edge/gate', 'gate.edge', 'gate.edge.svc.cluster.local'])('a VirtualService may name its Gateway `%s` (ROUTE-11)', (name) => {
    expect(reached(ask([gate(server(['*.example.com'])), bound('shop/vs', 'shop.example.com', everything, [name])]))).toBe(found)
  })

  it('`./gate` and `gate` are of the VirtualService’s own namespace, in matches as well (ROUTE-2, ROUTE-11)', () => {
    const matched = (name: string) => ({ http: [{ match: [{ gateways: [name] }], route: [to('reviews.shop.svc.cluster.local')] }] })
    for (const name of ['./gate', 'gate', 'gate.edge'])
      expect(reached(ask([gate(server(['*'])), bound('edge/vs', 'shop.example.com', matched(name), [name])]))).toBe(found)
    expect(reached(ask([gate(server(['*'])), bound('shop/vs', 'shop.example.com', everything, ['./gate'])]))).toBe('NO_ROUTE')
  })

  it('without a route it names the VirtualService that is bound to a Gateway which does not exist (ROUTE-11)', () => {
    const { step } = ask([gate(server(['*'])), bound('shop/vs', 'shop.example.com', everything, ['gate'])])
    expect(step.because.map(({ kind, namespace: place, name }) => `${kind} ${place}/${name}`)).toContain('VirtualService shop/vs')
    expect(step.message).toContain('`shop/gate`, which does not exist')
  })

  it('and the one that is bound to it and not exported to it, or that its servers do not take, with the field that says so (VIS-27, ROUTE-11)', () => {
    const because = (host: string, spec: Manifest) => {
      const { step } = ask([gate(server([host])), bound('shop/vs', 'shop.example.com', { ...everything, ...spec })])
      return step.because.map(({ kind, namespace: place, name, path }) => `${kind} ${place}/${name} ${path}`)
    }
    expect(because('*', { exportTo: ['.'] })).toEqual(['VirtualService shop/vs spec.exportTo'])
    expect(because('./*.example.com', {})).toEqual(['VirtualService shop/vs spec.hosts', 'Gateway edge/gate spec.servers'])
  })

  it.each(['*', '*.com', '*.example.com', '192.0.2.7'])(
    'routes of host `%s` take the requests that servers of `*` let in (ROUTE-1, ROUTE-11)',
    (host) => {
      const asked = host === '192.0.2.7' ? host : 'shop.example.com'
      expect(reached(ask([gate(server(['*'])), bound('shop/vs', host, everything)], asked))).toBe(found)
    },
  )

  it('a Gateway that selects other pods does not configure it (ROUTE-12)', () => {
    const foreign = gateway('edge/gate', { selector: { istio: 'elsewhere' }, servers: [server(['*'])] })
    expect(reached(ask([foreign, bound('shop/vs', 'shop.example.com', everything)]))).toBe('NO_ROUTE')
  })

  it('routes of several VirtualServices for one host are appended (VIS-28)', () => {
    const first = bound('shop/a', 'shop.example.com', { http: [{ match: [{ uri: { prefix: '/a' } }], route: [to('nowhere')] }] })
    const second = bound('shop/b', 'shop.example.com', everything)
    expect(reached(ask([gate(server(['*'])), first, second], 'shop.example.com', 80, '/b'))).toBe(found)
  })

  it('a destination that is not exported to the gateway’s namespace does not exist for it (VIS-5)', () => {
    const hidden = service('shop/hidden', {}, exportedTo('.'))
    const routes = { http: [{ route: [to('hidden.shop.svc.cluster.local')] }] }
    expect(reached(ask([hidden, gate(server(['*'])), bound('shop/vs', 'shop.example.com', routes)]))).toBe('UNKNOWN_CLUSTER')
  })

  it('a Sidecar of its namespace does not narrow it (VIS-13)', () => {
    const narrow = sidecar('edge/default', { egress: [{ hosts: ['./*'] }] })
    expect(reached(ask([narrow, gate(server(['*'])), bound('shop/vs', 'shop.example.com', everything)]))).toBe(found)
  })

  it('HTTP goes to the destination’s only port, whatever the server’s (ROUTE-5)', () => {
    const admin = service('shop/admin', { ports: [{ name: 'http', port: 8080 }] })
    const routes = { http: [{ route: [to('admin.shop.svc.cluster.local')] }] }
    expect(reached(ask([admin, gate(server(['*'])), bound('shop/vs', 'shop.example.com', routes)]))).toBe(
      'admin.shop.svc.cluster.local:8080',
    )
  })

  it('passes TLS on by server name where its server says PASSTHROUGH, and closes what no tls route takes (ROUTE-9)', () => {
    const tls = gate({ port: { number: 443, protocol: 'TLS', name: 'tls' }, hosts: ['*'], tls: { mode: 'PASSTHROUGH' } })
    const routes = { tls: [{ match: [{ port: 443, sniHosts: ['shop.example.com'] }], route: [to('reviews.shop.svc.cluster.local')] }] }
    expect(reached(ask([tls, bound('shop/vs', 'shop.example.com', routes)], 'shop.example.com', 443))).toBe(found)
    expect(reached(ask([tls, bound('shop/vs', 'shop.example.com', everything)], 'shop.example.com', 443))).toBe('NO_ROUTE')
    const asking = { port: 443, sniHosts: ['shop.example.com'], destinationSubnets: ['192.0.2.0/24'], sourceLabels: { app: 'other' } }
    const narrow = { tls: [{ match: [asking], route: [to('reviews.shop.svc.cluster.local')] }] }
    expect(reached(ask([tls, bound('shop/vs', 'shop.example.com', narrow)], 'shop.example.com', 443))).toBe(found)
  })

  it('an httpsRedirect server answers with a redirect (ROUTE-7)', () => {
    expect(reached(ask([gate(server(['*'], { tls: { httpsRedirect: true } })), bound('shop/vs', 'shop.example.com', everything)]))).toBe(
      'REDIRECTED',
    )
  })

  it('what came in by TLS needs no redirect (ROUTE-7)', () => {
    const secure = {
      ...server(['*']),
      port: { number: 443, protocol: 'HTTPS', name: 'https' },
      tls: { mode: 'SIMPLE', httpsRedirect: true },
    }
    const routes = bound('shop/vs', 'shop.example.com', everything)
    expect(reached(ask([gate(secure), routes], 'shop.example.com', 443))).toBe(found)
    expect(reached(ask([gate(secure)], 'shop.example.com', 443))).toBe('NO_ROUTE')
  })

  it.each([
    ['*', 'REDIRECTED'],
    ['*.Example.com', 'REDIRECTED'],
    ['other.example.com', 'NO_ROUTE'],
    // The name of a virtual host is what is written, a namespace with it.
    ['shop/shop.example.com', 'NO_ROUTE'],
  ])('and does so for its hosts whether or not a VirtualService has them: for `%s` %s (ROUTE-7)', (host, expected) => {
    expect(reached(ask([gate(server([host], { tls: { httpsRedirect: true } }))]))).toBe(expected)
    expect(reached(ask([gate(server([host]))]))).toBe('NO_ROUTE')
  })

  it('an egress gateway forwards to the external service that its route names (ROUTE-13)', () => {
    const external = serviceEntry('shop/ext', {
      hosts: ['api.example.org'],
      resolution: 'DNS',
      ports: [{ name: 'http', number: 80, protocol: 'HTTP' }],
    })
    const routes = {
      http: [
        { match: [{ gateways: ['mesh'], port: 80 }], route: [to('gate.edge.svc.cluster.local', { port: { number: 80 } })] },
        { match: [{ gateways: ['edge/gate'], port: 80 }], route: [to('api.example.org', { port: { number: 80 } })] },
      ],
    }
    const objects = [
      external,
      service('edge/gate'),
      gate(server(['api.example.org'])),
      bound('shop/egress', 'api.example.org', routes, ['mesh', 'edge/gate']),
    ]
    expect(reached(ask(objects, 'api.example.org'))).toBe('api.example.org:80')
    const client = clientOf(world({ clusters: { west: west(...edge, ...objects) } }))
    const first = routeOf(calling(client, 'api.example.org'), 80)
    expect(reached(first)).toBe('gate.edge.svc.cluster.local:80')
  })

  it('an AUTO_PASSTHROUGH server leads to any service that it covers (NET-31)', () => {
    const passing = gate({ port: { number: 15443, protocol: 'TLS', name: 'tls' }, hosts: ['*.local'], tls: { mode: 'AUTO_PASSTHROUGH' } })
    expect(reached(ask([passing], 'reviews.shop', 80))).toBe(found)
  })
})
