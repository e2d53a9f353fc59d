import { describe, expect, it } from 'vitest'
import { symptomOf } from '#engine/analysis/symptom/symptom-of'
import { snapshotOf } from '../../from-yaml.js'
import { cluster, deployment, namespace, object, service, topology } from '../../remedies/mesh-yaml.js'
import { asks, moment, traceOf } from '../../remedies/remedies-of.js'

const plain = namespace('plain', 'team: none')
const mesh = (objects: readonly string[], shop?: string) =>
  snapshotOf(
    topology(
      cluster('west', '', [
        namespace('shop', shop),
        plain,
        deployment('shop/web'),
        deployment('plain/job'),
        deployment('shop/cart'),
        service('shop/cart'),
        ...objects,
      ]),
    ),
  )

/** What `from` sees of its call to `to`. */
const seen = (
  objects: readonly string[],
  { from = 'west/shop/web', to = 'cart.shop:80', shop }: { from?: string; to?: string; shop?: string } = {},
) => {
  const snapshot = mesh(objects, shop)
  const question = asks(from, to)
  const trace = traceOf(snapshot, question)
  return [trace.reason, symptomOf(snapshot, question, trace, moment)]
}

const virtual = (http: string) => object('VirtualService', 'shop/cart', `{ hosts: [cart], http: [${http}] }`)
const deny = object('AuthorizationPolicy', 'shop/nobody', '{ selector: { matchLabels: { app: cart } } }')
const strict = object('PeerAuthentication', 'shop/default', '{ mtls: { mode: STRICT } }')
const tcp = (place: string) => service(place).replace('name: http, port', 'name: tcp, port')

describe('what a caller with a sidecar sees of a request that does not arrive', () => {
  it.each([
    [
      '404 of its own proxy where no route takes it (ROUTE-3)',
      [virtual('{ match: [{ uri: { prefix: /v2 } }], route: [{ destination: { host: cart } }] }')],
      'NO_ROUTE',
      /^HTTP 404 from its own proxy$/,
    ],
    [
      '503 without a cluster where the route leads to nothing (ROUTE-5)',
      [virtual('{ route: [{ destination: { host: card } }] }')],
      'UNKNOWN_CLUSTER',
      /^HTTP 503 from its own proxy .*`NC`/,
    ],
    ['403 of the server’s proxy where its policies deny it (AUTHZ-25)', [deny], 'DENIED', /^HTTP 403 from the server’s proxy/],
  ])('%s', (_title, objects, reason, symptom) => {
    const question = { ...asks('west/shop/web', 'cart.shop:80'), to: { host: 'cart.shop', port: 80, method: 'GET', path: '/v1' } }
    const snapshot = mesh(objects)
    const trace = traceOf(snapshot, question)
    expect(trace.reason).toBe(reason)
    expect(symptomOf(snapshot, question, trace, moment)).toMatch(symptom)
  })

  it('503 without a host where nothing stands behind the service (FLOW-5)', () => {
    expect(seen([service('shop/empty')], { to: 'empty.shop:80' })).toEqual([
      'NO_ENDPOINTS',
      'HTTP 503 from its own proxy (`no healthy upstream`, response flag `UH`)',
    ])
  })

  it('503 where the server resets what comes without mutual TLS (TLS-2)', () => {
    const disabled = object('DestinationRule', 'shop/cart', '{ host: cart, trafficPolicy: { tls: { mode: DISABLE } } }')
    expect(seen([strict, disabled])).toEqual(['TLS_REJECTED', 'HTTP 503 from its own proxy, as the server resets the connection'])
  })

  it('what a refused destination gives depends on what else the port is for, which is said (VIS-31, ROUTE-30)', () => {
    const narrow = object('Sidecar', 'shop/default', '{ outboundTrafficPolicy: { mode: REGISTRY_ONLY }, egress: [{ hosts: [none/*] }] }')
    expect(seen([narrow])).toEqual(['BLACKHOLED', expect.stringMatching(/closes at once, or HTTP 502/)])
  })
})

describe('what others see', () => {
  it('of a port that is no HTTP, a connection that is closed, and no status (AUTHZ-24)', () => {
    expect(
      seen([tcp('shop/cart').replaceAll('cart', 'store'), deployment('shop/store'), deny.replaceAll('cart', 'store')], {
        to: 'store.shop:80',
      }),
    ).toEqual(['DENIED', 'a connection that the server’s proxy closes, and no 403'])
  })

  it('without a proxy, a connection that is reset (TLS-2)', () => {
    expect(seen([strict], { from: 'west/plain/job' })).toEqual(['TLS_REJECTED', 'a connection that is reset'])
  })

  it('of ztunnel, never a 403 (AMB-29)', () => {
    expect(seen([deny], { shop: 'istio.io/dataplane-mode: ambient' })).toEqual([
      'DENIED',
      'a connection that the ztunnel of the server’s node closes, and no 403',
    ])
  })

  it('of a name that nothing knows, an error of DNS (FLOW-5)', () => {
    expect(seen([], { to: 'card.shop:80' })).toEqual(['NAME_NOT_RESOLVED', 'an error of DNS, and nothing is sent'])
  })

  it('nothing of a call that arrives', () => {
    expect(seen([])).toEqual(['DELIVERED', null])
  })
})
