import { describe, expect, it } from 'vitest'
import { proxyConfigOf } from '#engine/proxy-config/proxy-config-of'
import { cluster, eastWest, istio, pod, service, slice, topology } from '../analysis/objects.js'
import { givenTo, targetOf } from './given.js'

const port = { port: { name: 'http', port: 8080 } }
const shop = [
  pod('web', '10.1.0.1', { app: 'web' }),
  pod('naked', '10.1.0.2', { app: 'naked' }, { naked: true }),
  service('cart', { clusterIP: '10.255.0.1' }),
  pod('cart', '10.1.0.3', { app: 'cart' }),
  slice('cart', [{ ip: '10.1.0.3', pod: 'cart' }], port),
]

describe('what control planes give to their proxies', () => {
  it('comes in pieces: each control plane’s head, with its ways into networks, then its proxies (NET-6)', () => {
    const header = { network: 'n1' }
    const snapshot = topology([
      cluster('west', [...shop, ...eastWest({ network: 'n1' })], header),
      cluster('east', [pod('other', '10.2.0.1')]),
    ])
    const told = proxyConfigOf(snapshot, {})
    const pieces = 'pieces' in told ? [...told.pieces] : []
    expect(pieces.map((piece) => (piece.kind === 'PROXY' ? piece.answer.proxy : piece.controlPlane))).toEqual([
      'east',
      'east/shop/other',
      'west',
      'west/shop/cart',
      'west/shop/web',
    ])
    expect(pieces[2]).toMatchObject({ gateways: [{ network: 'n1', cluster: 'west', port: 15443 }] })
  })

  it('says which kinds could not be read, and nothing of those that configure no proxy', () => {
    const unread = ['VirtualService', 'AuthorizationPolicy'].map((kind) => ({ kind, reason: 'forbidden' }))
    const told = proxyConfigOf(topology([cluster('west', shop, { unread })]), {})
    const [head] = 'pieces' in told ? [...told.pieces] : []
    expect(head).toMatchObject({
      assumptions: [
        {
          code: 'KIND_NOT_READ',
          message: 'could not be read and could change this: VirtualService objects of cluster `west` (forbidden)',
          because: [{ kind: 'Cluster', name: 'west', path: 'unread[0]' }],
        },
      ],
    })
  })

  it('can be asked of one proxy', () => {
    const told = proxyConfigOf(topology([cluster('west', shop)]), { from: { cluster: 'west', namespace: 'shop', workload: 'web' } })
    const proxies = 'pieces' in told ? [...told.pieces].flatMap((piece) => (piece.kind === 'PROXY' ? [piece.answer.proxy] : [])) : []
    expect(proxies).toEqual(['west/shop/web'])
  })

  it.each([
    ['nothing', 'SOURCE_NOT_FOUND'],
    ['naked', 'SOURCE_INVALID'],
  ])('is a problem to ask of %s', (workload, code) => {
    expect(proxyConfigOf(topology([cluster('west', shop)]), { from: { cluster: 'west', namespace: 'shop', workload } })).toMatchObject({
      problem: { code },
    })
  })

  it('is a host with its ports, a target and a route for each, and what is sent there (ROUTE-3, TLS-6)', () => {
    const answer = givenTo([cluster('west', shop)])
    expect(answer.services).toEqual([{ host: 'cart.shop.svc.cluster.local', namespace: 'shop', ports: [80] }])
    expect(answer.routes).toEqual({ 'cart.shop.svc.cluster.local:80': { 'outbound|80||cart.shop.svc.cluster.local': 1 } })
    expect(targetOf(answer, 'cart.shop.svc.cluster.local:80')).toEqual({
      host: 'cart.shop.svc.cluster.local',
      port: 80,
      subset: '',
      type: 'EDS',
      endpoints: [{ address: '10.1.0.3', port: 8080, weight: 1, priority: 0, share: 1, sends: 'ISTIO_MUTUAL' }],
      unready: [],
    })
    expect([answer.unknownHosts, answer.names]).toEqual(['ALLOW', undefined])
  })

  it('sends a plain request past what asks for a header or another path (ROUTE-2)', () => {
    const routes = istio('VirtualService', 'cart', {
      hosts: ['cart'],
      http: [
        { match: [{ headers: { user: { exact: 'jo' } } }, { uri: { prefix: '/x' } }], route: [{ destination: { host: 'gone' } }] },
        {
          match: [{ withoutHeaders: { user: {} } }],
          route: [
            { destination: { host: 'cart' }, weight: 70 },
            { destination: { host: 'gone' }, weight: 30 },
          ],
        },
      ],
    })
    expect(givenTo([cluster('west', [...shop, routes])]).routes).toEqual({
      'cart.shop.svc.cluster.local:80': { 'outbound|80||cart.shop.svc.cluster.local': 0.7, 'lost UNKNOWN_CLUSTER': 0.3 },
    })
  })

  it('holds the modes of the workload’s own ports, and of all others (TLS-2, TLS-3)', () => {
    const policy = istio('PeerAuthentication', 'cart', {
      selector: { matchLabels: { app: 'cart' } },
      mtls: { mode: 'STRICT' },
      portLevelMtls: { 9000: { mode: 'DISABLE' } },
    })
    expect(givenTo([cluster('west', [...shop, policy])], 'west/shop/cart').inbound).toEqual({
      8080: 'STRICT',
      9000: 'DISABLE',
      '*': 'STRICT',
    })
  })

  it('answers names itself only under DNS capture (DNS-8)', () => {
    const { names } = givenTo([cluster('west', shop, { dns: { capture: true } })])
    expect(names).toEqual({ 'cart.shop.svc.cluster.local': ['10.255.0.1'] })
  })
})
