import { describe, expect, it } from 'vitest'
import { deployment, type Manifest, service } from '../calling.js'
import {
  all,
  app,
  backendTls,
  edge,
  fromClient,
  fromOutside,
  gatewayClass,
  grantTo,
  http,
  httpRoute,
  led,
  prefix,
  said,
  send,
  tcpRoute,
  tlsRoute,
  toEdge,
  told,
  toService,
} from './api.js'

const shopRoute = (more: Manifest = {}) =>
  httpRoute('app/shop', { parentRefs: [toEdge], hostnames: ['shop.example'], rules: [{ backendRefs: [send('shop')] }], ...more })

describe('a Gateway of the Gateway API as ingress, as worked out by hand', () => {
  it('1: a route of another namespace that the listener admits leads to its Service (GWAPI-11, GWAPI-24, GWAPI-31, GWAPI-56)', () => {
    const answer = fromOutside([edge([http('http', 80)]), shopRoute(), ...app('app/shop')], 'shop.example')
    expect(said(answer)).toBe('REACHABLE DELIVERED')
    expect(led(answer)).toBe('shop')
    expect(answer.steps[0]?.message ?? '').not.toBe('')
    expect(JSON.stringify(answer)).toContain('infra/edge-istio')
    expect(answer.assumptions.map(({ code }) => code)).toContain('GATEWAY_WORKLOAD_ASSUMED')
  })

  it('2: a listener that says nothing takes routes of its own namespace only (GWAPI-24)', () => {
    expect(said(fromOutside([edge([http('http', 80, {})]), shopRoute(), ...app('app/shop')], 'shop.example'))).toBe('UNREACHABLE NO_ROUTE')
  })

  it('3: a backend in another namespace needs a grant there (GWAPI-45, GWAPI-47)', () => {
    const rules = [{ backendRefs: [send('shop', { namespace: 'data' })] }]
    const objects = [edge([http('http', 80)]), shopRoute({ rules }), ...app('data/shop')]
    const answer = fromOutside(objects, 'shop.example')
    expect(said(answer)).toBe('UNREACHABLE BACKEND_NOT_GRANTED')
    expect(told(answer)).toContain('namespace `data` has no ReferenceGrant that lets HTTPRoutes of `app` send to its `shop`')
    expect(led(fromOutside([...objects, grantTo('data', 'HTTPRoute', 'app')], 'shop.example'))).toBe('shop')
    expect(
      led(fromOutside([...objects, grantTo('data', 'HTTPRoute', 'app', { group: '', kind: 'Service', name: 'shop' })], 'shop.example')),
    ).toBe('shop')
    expect(
      said(fromOutside([...objects, grantTo('data', 'HTTPRoute', 'app', { group: '', kind: 'Service', name: 'other' })], 'shop.example')),
    ).toBe('UNREACHABLE BACKEND_NOT_GRANTED')
    expect(said(fromOutside([...objects, grantTo('data', 'GRPCRoute', 'app')], 'shop.example'))).toBe('UNREACHABLE BACKEND_NOT_GRANTED')
  })

  it('7: one rule that istiod cannot read takes all rules of its route away (GWAPI-42)', () => {
    const rules = [
      { matches: [prefix('/good')], backendRefs: [send('shop')] },
      {
        matches: [prefix('/bad')],
        filters: [{ type: 'ExtensionRef', extensionRef: { group: 'x', kind: 'Y', name: 'z' } }],
        backendRefs: [send('shop')],
      },
    ]
    for (const path of ['/good', '/bad'])
      expect(said(fromOutside([edge([http('http', 80)]), shopRoute({ rules }), ...app('app/shop')], 'shop.example', { path }))).toBe(
        'UNREACHABLE NO_ROUTE',
      )
  })

  it('8: backends that all weigh nothing answer 500, and close connections (GWAPI-48, GWAPI-49)', () => {
    const backendRefs = [send('shop', { weight: 0 }), send('shop', { weight: 0 })]
    expect(said(fromOutside([edge([http('http', 80)]), shopRoute({ rules: [{ backendRefs }] }), ...app('app/shop')], 'shop.example'))).toBe(
      'UNREACHABLE DIRECT_RESPONSE',
    )
    const tcp = tcpRoute('app/shop', { parentRefs: [toEdge], rules: [{ backendRefs }] })
    const listener = { name: 'tcp', port: 80, protocol: 'TCP', ...all }
    expect(said(fromOutside([edge([listener]), tcp, ...app('app/shop')], 'shop.example', { protocol: 'TCP' }))).toBe(
      'UNREACHABLE BACKEND_INVALID',
    )
  })

  const two = [http('wide', 80), http('narrow', 80, { hostname: 'a.example.com', ...all })]
  const bound = (more: Manifest = {}) =>
    httpRoute('app/shop', { parentRefs: [{ ...toEdge, sectionName: 'wide' }], rules: [{ backendRefs: [send('shop')] }], ...more })

  it('9: a hostname of a narrower listener is not served at the wider one (GWAPI-32)', () => {
    const objects = [edge(two), bound({ hostnames: ['a.example.com'] }), ...app('app/shop')]
    expect(said(fromOutside(objects, 'a.example.com'))).toBe('UNREACHABLE NO_ROUTE')
  })

  it('26: a route without hostnames answers there all the same, as all listeners of a port share their routes; over TLS it does not (GWAPI-32)', () => {
    expect(led(fromOutside([edge(two), bound(), ...app('app/shop')], 'a.example.com'))).toBe('shop')
    const tls = { tls: { certificateRefs: [{ name: 'cert' }] } }
    const secure = two.map((one) => ({ ...one, port: 443, protocol: 'HTTPS', ...tls }))
    expect(said(fromOutside([edge(secure), bound(), ...app('app/shop')], 'a.example.com', { port: 443 }))).toBe('UNREACHABLE NO_ROUTE')
  })

  const cert = (name: string): Manifest => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace: 'infra', name },
    type: 'kubernetes.io/tls',
    data: name === 'bad' ? { other: 'eA==' } : { 'tls.crt': 'eA==', 'tls.key': 'eA==' },
  })
  const https = (certificateRefs: readonly Manifest[], more: Manifest = {}) => ({
    name: 'https',
    port: 443,
    protocol: 'HTTPS',
    tls: { certificateRefs, ...more },
    ...all,
  })

  it('10: a Secret of another namespace without a grant leaves the port closed, and others open (GWAPI-21, GWAPI-29)', () => {
    const objects = [edge([http('http', 80), https([{ name: 'cert', namespace: 'data' }])]), shopRoute(), ...app('app/shop')]
    expect(led(fromOutside(objects, 'shop.example'))).toBe('shop')
    expect(said(fromOutside(objects, 'shop.example', { port: 443 }))).not.toContain(' DELIVERED')
    const granted = [...objects, grantTo('data', 'Gateway', 'infra', { group: '', kind: 'Secret' })]
    expect(led(fromOutside(granted, 'shop.example', { port: 443 }))).toBe('shop')
  })

  it('27: of two certificates the first has to be good, else the pod’s own is presented (GWAPI-21)', () => {
    const objects = [shopRoute(), ...app('app/shop'), cert('good'), cert('bad')]
    const refs = (...names: readonly string[]) => names.map((name) => ({ name }))
    const answer = (...names: readonly string[]) => fromOutside([edge([https(refs(...names))]), ...objects], 'shop.example', { port: 443 })
    expect(said(answer('bad', 'good'))).toBe('UNREACHABLE TLS_REJECTED')
    expect(told(answer('bad', 'good'))).toContain('presents the certificate of the gateway’s own pod')
    expect(led(answer('good'))).toBe('shop')
    expect(said(answer('bad'))).not.toContain('DELIVERED')
  })

  it('11: a prefix goes before a regular expression, and a rule without a path is one; a UDP listener opens nothing (GWAPI-38, GWAPI-2, GWAPI-19)', () => {
    const rules = [
      { matches: [{ path: { type: 'RegularExpression', value: '/v[0-9]+' } }], backendRefs: [send('a')] },
      { backendRefs: [send('b')] },
    ]
    const objects = [shopRoute({ rules }), ...app('app/a'), ...app('app/b')]
    expect(led(fromOutside([edge([http('http', 80)]), ...objects], 'shop.example', { path: '/v1' }))).toBe('b')
    const udp = { name: 'udp', port: 80, protocol: 'UDP', ...all }
    expect(said(fromOutside([edge([udp]), ...objects], 'shop.example'))).not.toContain('DELIVERED')
  })

  it('28: a GatewayClass that gives the name away leaves the routes, and nothing that runs (GWAPI-8)', () => {
    const objects = [gatewayClass('istio', 'example.com/x'), edge([http('http', 80)]), shopRoute(), ...app('app/shop')]
    expect(said(fromOutside(objects, 'shop.example'))).not.toContain('DELIVERED')
    const byHand = [
      service('infra/edge-istio', { type: 'LoadBalancer', selector: { app: 'router' }, ports: [{ name: 'http', port: 80 }] }),
      {
        ...deployment('infra/router'),
        spec: { template: { metadata: { labels: { app: 'router' } }, spec: { containers: [{ name: 'istio-proxy', image: 'auto' }] } } },
      },
    ]
    expect(led(fromOutside([...objects, ...byHand], 'shop.example'))).toBe('shop')
  })

  it('29: of two TLSRoutes with a server name in common the older has it, and the other loses all of its rule (GWAPI-55)', () => {
    const route = (name: string, hostnames: readonly string[], created: string) =>
      tlsRoute(
        `app/${name}`,
        { parentRefs: [toEdge], hostnames, rules: [{ backendRefs: [send(name, { port: 443 })] }] },
        { creationTimestamp: created },
      )
    const listener = { name: 'tls', port: 443, protocol: 'TLS', tls: { mode: 'Passthrough' }, ...all }
    const ports = { ports: [{ name: 'tls', port: 443 }] }
    const objects = [
      edge([listener]),
      route('t1', ['a.example', 'b.example'], '2026-01-01T00:00:00Z'),
      route('t2', ['b.example', 'c.example'], '2026-02-01T00:00:00Z'),
      ...app('app/t1', ports),
      ...app('app/t2', ports),
    ]
    expect(led(fromOutside(objects, 'b.example', { port: 443 }))).toBe('t1')
    expect(said(fromOutside(objects, 'c.example', { port: 443 }))).toBe('UNREACHABLE NO_ROUTE')
  })
})

describe('routes of the mesh at sidecars, as worked out by hand', () => {
  const client = deployment('web/client')
  const toDb = toService('db-http', 'data')
  const services = [client, ...app('data/db-http'), ...app('data/db-http-v2')]
  const route = (home: string, more: Manifest = {}) =>
    httpRoute(`${home}/db`, { parentRefs: [toDb], rules: [{ backendRefs: [send('db-http-v2', { namespace: 'data' })] }], ...more })
  const call = (objects: readonly Manifest[], asked = {}) => fromClient('web')([...services, ...objects], 'db-http.data', asked)

  it('4: a client’s own namespace may route its calls, without a grant (GWAPI-46, GWAPI-58)', () => {
    const answer = call([route('web')])
    expect(led(answer)).toBe('db-http-v2')
    expect(answer.steps.find(({ stage }) => stage === 'ROUTE')).toMatchObject({
      reason: 'ROUTED',
      because: expect.arrayContaining([expect.objectContaining({ kind: 'HTTPRoute', namespace: 'web', name: 'db' })]),
    })
  })

  it('5: a third namespace routes no requests, and all connections (GWAPI-58, GWAPI-59)', () => {
    expect(led(call([route('ops')]))).toBe('db-http')
    const tcp = { ports: [{ name: 'tcp', port: 80 }] }
    const objects = [client, ...app('data/db', tcp), ...app('data/db-v2', tcp)]
    const spec = { parentRefs: [toService('db', 'data')], rules: [{ backendRefs: [send('db-v2', { namespace: 'data' })] }] }
    expect(led(fromClient('web')([...objects, tcpRoute('ops/db', spec)], 'db.data'))).toBe('db-v2')
  })

  it('6: a consumer’s route hides the producer’s: what it does not match is 404 (GWAPI-60, GWAPI-41)', () => {
    const rule = (path: string, name: string) => ({ matches: [prefix(path)], backendRefs: [send(name, { namespace: 'data' })] })
    const producer = route('data', { rules: [rule('/v1', 'db-http')] })
    expect(led(call([producer], { path: '/v1' }))).toBe('db-http')
    const consumer = route('web', { rules: [rule('/v2', 'db-http-v2')] })
    const hidden = call([producer, consumer], { path: '/v1' })
    expect(said(hidden)).toBe('UNREACHABLE NO_ROUTE')
    expect(told(hidden)).toContain('HTTPRoute `web/db`')
    expect(led(call([producer, consumer], { path: '/v2' }))).toBe('db-http-v2')
  })

  it('12: TLS that a policy originates takes the place of mutual TLS, which STRICT refuses (GWAPI-69, TLS-11)', () => {
    const policy = backendTls('data/tls', {
      targetRefs: [{ group: '', kind: 'Service', name: 'db-http' }],
      validation: { hostname: 'db.example', wellKnownCACertificates: 'System' },
    })
    const strict = {
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      metadata: { namespace: 'data', name: 'default' },
      spec: { mtls: { mode: 'STRICT' } },
    }
    expect(led(call([strict]))).toBe('db-http')
    expect(said(call([strict, policy]))).toBe('UNREACHABLE TLS_REJECTED')
  })

  it('30: beside routes by server name there is no chain to the service: other names pass by, or are closed (GWAPI-66)', () => {
    const tls = { ports: [{ name: 'tls', port: 443 }] }
    const spec = {
      parentRefs: [toService('db', 'data')],
      hostnames: ['db.example'],
      rules: [{ backendRefs: [send('db', { namespace: 'data', port: 443 })] }],
    }
    const objects = [client, ...app('data/db', tls), tlsRoute('web/db', spec)]
    const asked = { port: 443, protocol: 'TLS' } as const
    const passed = fromClient('web')(objects, 'db.data', asked)
    expect(passed.steps.find(({ stage }) => stage === 'ROUTE')).toMatchObject({ reason: 'SERVER_NAME_NOT_ROUTED' })
    const closed = { ...asked, meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } }
    expect(said(fromClient('web')(objects, 'db.data', closed))).toBe('UNREACHABLE BLACKHOLED')
  })
})
