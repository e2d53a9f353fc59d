import { describe, expect, it } from 'vitest'
import { calling, clientOf, type Manifest, service, virtualService, west, world } from '../calling.js'
import { routeOf } from '../routing.js'

const parent = { group: '', kind: 'Service', name: 'reviews' }
const route = (name: string, parentRefs: readonly Manifest[], kind = 'HTTPRoute', labels: Manifest = {}): Manifest => {
  const [namespace, own] = name.split('/')
  const backendRefs = [{ name: 'ratings', port: 80 }]
  const apiVersion = `gateway.networking.k8s.io/${['HTTPRoute', 'GRPCRoute'].includes(kind) ? 'v1' : 'v1alpha2'}`
  return { apiVersion, kind, metadata: { namespace, name: own, labels }, spec: { parentRefs, rules: [{ backendRefs }] } }
}
const reviews = service('shop/reviews', {
  ports: [
    { name: 'http', port: 80 },
    { name: 'tcp', port: 90 },
  ],
})
const remoteOnly = service('shop/reviews', { clusterIP: '10.0.1.9' })

/** Names of the routes that the ROUTE step of a call to `reviews` says it did not follow. */
const untold = (objects: readonly Manifest[], { port = 80, from = 'west/shop/client', elsewhere = [] as readonly Manifest[] } = {}) => {
  const client = clientOf(world({ clusters: { west: west(reviews, service('shop/ratings'), ...objects), east: elsewhere } }), from)
  const outcome = routeOf(calling(client, 'reviews.shop'), port)
  return outcome.assumptions
    .filter(({ code }) => code === 'GATEWAY_API_ROUTE_NOT_MODELLED')
    .flatMap(({ because }) => because.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`))
}

describe('a Gateway API route whose parent is the called Service is told of, as it is not followed (ROUTE-27)', () => {
  it.each(['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'])('%s', (kind) => {
    expect(untold([route('shop/split', [parent], kind)])).toEqual([`${kind} shop/split`])
    expect(untold([route('shop/split', [parent], kind)], { port: 90 })).toEqual([`${kind} shop/split`])
  })

  it.each<[string, readonly Manifest[], number, readonly string[]]>([
    ['of the port that it names', [{ ...parent, port: 80 }], 80, ['HTTPRoute shop/split']],
    ['not of another port', [{ ...parent, port: 80 }], 90, []],
    ['of the port whose name is its section', [{ ...parent, sectionName: 'tcp' }], 90, ['HTTPRoute shop/split']],
    ['not of another section', [{ ...parent, sectionName: 'tcp' }], 80, []],
    [
      'by any of its parents',
      [
        { ...parent, port: 90 },
        { ...parent, port: 80 },
      ],
      80,
      ['HTTPRoute shop/split'],
    ],
    ['not where its parent is a Gateway', [{ name: 'reviews' }], 80, []],
    ['not where its parent is another Service', [{ ...parent, name: 'ratings' }], 80, []],
    ['not where its parent is in another namespace', [{ ...parent, namespace: 'other' }], 80, []],
  ])('%s', (_, parents, port, expected) => {
    expect(untold([route('shop/split', parents)], { port })).toEqual(expected)
  })

  it('a route of another namespace concerns only the calls from there', () => {
    const objects = [route('other/split', [{ ...parent, namespace: 'shop' }])]
    expect(untold(objects, { from: 'west/other/client' })).toEqual(['HTTPRoute other/split'])
    expect(untold(objects)).toEqual([])
  })

  it('a VirtualService beside it does not silence it', () => {
    const own = virtualService('shop/vs', { hosts: ['reviews'], http: [{ route: [{ destination: { host: 'ratings' } }] }] })
    expect(untold([own, route('shop/split', [parent])])).toEqual(['HTTPRoute shop/split'])
  })

  it('not where the client’s control plane does not read it (MODEL-16, MODEL-18)', () => {
    expect(untold([], { elsewhere: [remoteOnly, route('shop/split', [parent])] })).toEqual([])
    expect(untold([route('shop/split', [parent], 'HTTPRoute', { 'istio.io/rev': 'canary' })])).toEqual([])
  })
})
