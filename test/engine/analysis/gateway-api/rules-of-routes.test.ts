import { describe, expect, it } from 'vitest'
import { deployment, exportedTo, type Manifest, service, sidecar } from '../calling.js'
import { all, app, edge, fromClient, fromOutside, http, httpRoute, led, prefix, said, send, tlsRoute, toEdge, toService } from './api.js'

const shop = app('app/shop')
const route = (more: Manifest = {}) =>
  httpRoute('app/shop', { parentRefs: [toEdge], hostnames: ['shop.example'], rules: [{ backendRefs: [send('shop')] }], ...more })
const grpcRoute = (more: Manifest = {}): Manifest => ({ ...route(more), kind: 'GRPCRoute' })

describe('a gateway of istiod’s class', () => {
  it('has what is exported to its namespace, as any router has (GWAPI-18, GWAPI-47)', () => {
    const exported = (list: string) => [service('app/shop', {}, exportedTo(list)), deployment('app/shop')]
    const call = (list: string) => fromOutside([edge([http('http', 80)]), route(), ...exported(list)], 'shop.example')
    expect(led(call('infra'))).toBe('shop')
    expect(said(call('.'))).toBe('UNREACHABLE UNKNOWN_CLUSTER')
  })

  it('presents no certificate of its own to backends, and is no default of routes, whatever its object says (GWAPI-71)', () => {
    const backend = { tls: { backend: { clientCertificateRef: { name: 'client' } } }, defaultScope: 'All' }
    const call = (more: Manifest, own = route()) => fromOutside([edge([http('http', 80)], more), own, ...shop], 'shop.example')
    expect(said(call(backend))).toBe(said(call({})))
    expect(led(call(backend))).toBe('shop')
    const unattached = route({ parentRefs: [], useDefaultGateways: 'All' })
    expect(said(call(backend, unattached))).toBe('UNREACHABLE NO_ROUTE')
  })
})

describe('rules of several routes for one host', () => {
  const old = { creationTimestamp: '2026-01-01T00:00:00Z' }
  const young = { creationTimestamp: '2026-01-02T00:00:00Z' }
  const posted = (hostnames: readonly string[]) => ({
    ...httpRoute('app/any', { parentRefs: [toEdge], hostnames, rules: [{ matches: [{ method: 'POST' }], backendRefs: [send('shop')] }] }),
    metadata: { namespace: 'app', name: 'any', ...old },
  })
  const books = {
    ...route({ rules: [{ matches: [prefix('/books')], backendRefs: [send('books')] }] }),
    metadata: { namespace: 'app', name: 'shop', ...young },
  }
  const post = (first: Manifest) =>
    led(
      fromOutside(
        [edge([http('http', 80, { hostname: 'shop.example', ...all })]), first, books, ...shop, ...app('app/books')],
        'shop.example',
        {
          path: '/books',
          method: 'POST',
        },
      ),
    )

  it('are put into one order where the routes write the same name (GWAPI-38, GWAPI-39)', () => {
    expect(post(posted(['shop.example']))).toBe('books')
  })

  it('stand route by route, the oldest first, where they share only what the listener leaves of their names (GWAPI-33, GWAPI-39)', () => {
    expect(post(posted([]))).toBe('shop')
    expect(post(posted(['*.example']))).toBe('shop')
  })
})

describe('a route that names a waypoint or a reference to a gateway', () => {
  it('does nothing, and says nothing (GWAPI-34)', () => {
    const named = (className: string): Manifest => ({
      ...edge([{ name: 'mesh', port: 15008, protocol: 'HBONE', ...all }]),
      spec: { gatewayClassName: className, listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE', ...all }] },
    })
    const away = httpRoute('data/db', { parentRefs: [toEdge], rules: [{ backendRefs: [send('db-v2', { namespace: 'data' })] }] })
    for (const className of ['istio-waypoint', 'istio-remote']) {
      const objects = [named(className), away, deployment('web/client'), ...app('data/db'), ...app('data/db-v2')]
      expect(led(fromClient('web')(objects, 'db.data')), className).toBe('db')
    }
  })
})

describe('routes for calls', () => {
  const to = (match: Manifest) => grpcRoute({ rules: [{ matches: [{ method: match }], backendRefs: [send('shop')] }] })
  const call = (match: Manifest, path: string) =>
    led(fromOutside([edge([http('http', 80)]), to(match), ...shop], 'shop.example', { path, method: 'POST' }))

  it('of a service and a method are for that very path, of a service alone for all below it (GWAPI-37)', () => {
    expect(call({ service: 'books.Shelf', method: 'Get' }, '/books.Shelf/Get')).toBe('shop')
    expect(call({ service: 'books.Shelf', method: 'Get' }, '/books.Shelf/List')).toBe('NO_ROUTE')
    expect(call({ service: 'books.Shelf' }, '/books.Shelf/List')).toBe('shop')
    expect(call({ service: 'books.Shelf' }, '/books.Shelves/List')).toBe('NO_ROUTE')
  })

  it('of a method alone are for it in every service, and expressions for what they match whole (GWAPI-37)', () => {
    expect(call({ method: 'Get' }, '/any.Thing/Get')).toBe('shop')
    expect(call({ method: 'Get' }, '/any.Thing/GetAll')).toBe('NO_ROUTE')
    expect(call({ type: 'RegularExpression', service: 'books\\..*', method: 'Get' }, '/books.Shelf/Get')).toBe('shop')
    expect(call({ type: 'RegularExpression', service: 'books\\..*', method: 'Get' }, '/other.Shelf/Get')).toBe('NO_ROUTE')
  })

  it('of neither are a mistake that takes all rules away (GWAPI-42)', () => {
    const rules = [{ backendRefs: [send('shop')] }, { matches: [{ method: {} }], backendRefs: [send('shop')] }]
    expect(led(fromOutside([edge([http('http', 80)]), grpcRoute({ rules }), ...shop], 'shop.example', { path: '/a/b' }))).toBe('NO_ROUTE')
  })

  it('without traffic to send answer 500, in 1.30 as well (GWAPI-48)', () => {
    const asked = { path: '/a/b', version: '1.30.2' }
    expect(said(fromOutside([edge([http('http', 80)]), grpcRoute({ rules: [{}] }), ...shop], 'shop.example', asked))).toBe(
      'UNREACHABLE DIRECT_RESPONSE',
    )
  })
})

describe('routes of the mesh', () => {
  const parent = toService('db', 'data')
  const services = [deployment('web/client'), ...app('data/db'), ...app('data/db-v2')]
  const of = (name: string, created: string, more: Manifest): Manifest =>
    httpRoute(`data/${name}`, { parentRefs: [parent], ...more }, { creationTimestamp: created })
  const toV2 = { backendRefs: [send('db-v2', { namespace: 'data' })] }
  const call = (objects: readonly Manifest[], asked = {}) => fromClient('web')([...services, ...objects], 'db.data', asked)

  it('with a port and without are two lists, of which the older has the port alone (GWAPI-40)', () => {
    const withPort = of('a', '2026-01-01T00:00:00Z', {
      parentRefs: [{ ...parent, port: 80 }],
      rules: [{ ...toV2, matches: [prefix('/a')] }],
    })
    const without = of('b', '2026-02-01T00:00:00Z', { rules: [toV2] })
    expect(led(call([withPort, without], { path: '/a' }))).toBe('db-v2')
    expect(said(call([withPort, without], { path: '/b' }))).toBe('UNREACHABLE NO_ROUTE')
  })

  it('bring their backends with them past a Sidecar, and not past exportTo (GWAPI-65)', () => {
    const narrow = sidecar('web/default', { egress: [{ hosts: ['data/db.data.svc.cluster.local'] }] })
    expect(led(call([of('a', '2026-01-01T00:00:00Z', { rules: [toV2] }), narrow]))).toBe('db-v2')
    const hidden = [service('data/own', {}, exportedTo('.')), deployment('data/own')]
    const toOwn = of('a', '2026-01-01T00:00:00Z', { rules: [{ backendRefs: [send('own', { namespace: 'data' })] }] })
    expect(said(call([toOwn, ...hidden]))).toBe('UNREACHABLE UNKNOWN_CLUSTER')
  })

  it('lead by an import to the Service of its name, and with clusterset hosts to those (MCS-12, GWAPI-44)', () => {
    const imported = { group: 'multicluster.x-k8s.io', kind: 'ServiceImport', name: 'db-v2', namespace: 'data', port: 80 }
    const toImport = of('a', '2026-01-01T00:00:00Z', { rules: [{ backendRefs: [imported] }] })
    expect(led(call([toImport]))).toBe('db-v2')
  })

  it('of TLS leave the other names of the port to the catch-all (GWAPI-66)', () => {
    const tls = app('data/db', { ports: [{ name: 'tls', port: 80 }] })
    const named = tlsRoute('data/db', { parentRefs: [parent], hostnames: ['db.example'], rules: [toV2] })
    const answer = fromClient('web')([deployment('web/client'), ...tls, ...app('data/db-v2'), named], 'db.data', { protocol: 'TLS' })
    expect(answer.steps.find(({ stage }) => stage === 'ROUTE')?.reason).not.toBe('ROUTED')
  })
})
