import { describe, expect, it } from 'vitest'
import { answerTo } from '../asking.js'
import { deployment, gateway, type Manifest, service, serviceEntry, virtualService } from '../calling.js'
import {
  all,
  app,
  edge,
  fromClient,
  fromOutside,
  gatewayClass,
  http,
  httpRoute,
  led,
  listenerSet,
  prefix,
  said,
  send,
  tcpRoute,
  tlsRoute,
  toEdge,
  told,
  worldOf,
} from './api.js'

const route = (more: Manifest = {}, metadata: Manifest = {}) =>
  httpRoute('app/shop', { parentRefs: [toEdge], hostnames: ['shop.example'], rules: [{ backendRefs: [send('shop')] }], ...more }, metadata)
const shop = app('app/shop')
const call = (objects: readonly Manifest[], asked = {}) => fromOutside([...objects, ...shop], 'shop.example', asked)

describe('classes of Gateways', () => {
  it('are istiod’s by a GatewayClass object of any name that names its controller (GWAPI-7, GWAPI-8)', () => {
    const own = gatewayClass('front', 'istio.io/gateway-controller')
    const object = edge([http('http', 80)], { gatewayClassName: 'front' })
    expect(said(call([object, route()]))).toBe('UNDETERMINED NOT_FOLLOWED')
    const answer = call([own, object, route()])
    expect(led(answer)).toBe('shop')
    expect(JSON.stringify(answer)).toContain('infra/edge-front')
  })

  it('for remote gateways lead nowhere (GWAPI-9)', () => {
    expect(said(call([edge([http('http', 80)], { gatewayClassName: 'istio-remote' }), route()]))).not.toContain('DELIVERED')
  })
})

describe('a route whose parent is not there', () => {
  const from = (parent: Manifest, hostnames: readonly string[] = ['shop.example']) => {
    const lost = httpRoute('app/shop', { parentRefs: [parent], hostnames, rules: [{ backendRefs: [send('shop')] }] })
    const world = worldOf([edge([http('http', 80)]), lost, ...shop])
    return answerTo(world, { from: { gateway: 'west/infra/edge-istio' }, to: { host: 'shop.example', port: 80 } })
  }
  const named = (parent: Manifest, hostnames?: readonly string[]) =>
    from(parent, hostnames).steps.flatMap(({ because }) => because.map(({ kind, name, path }) => `${kind} ${name} ${path}`))

  it('is named where the namespace of its Gateway was left out (GWAPI-30)', () => {
    expect(named({ name: 'edge' })).toContain('HTTPRoute shop spec.parentRefs[0]')
    expect(named({ name: 'edge' }, [])).toContain('HTTPRoute shop spec.parentRefs[0]')
    expect(named({ name: 'other' }, [])).toEqual([])
    expect(said(from({ name: 'edge', namespace: 'infra' }))).toBe('REACHABLE DELIVERED')
  })
})

describe('what a Gateway runs behind', () => {
  it('is deployed under a name of its own, with the labels of its infrastructure (GWAPI-10, GWAPI-13, GWAPI-14)', () => {
    const annotations = { 'gateway.istio.io/name-override': 'front', 'gateway.istio.io/service-account': 'front-account' }
    const object = edge([http('http', 80)], { infrastructure: { labels: { tier: 'edge' } } }, { annotations })
    const policy = {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { namespace: 'app', name: 'front' },
      spec: { rules: [{ from: [{ source: { principals: ['cluster.local/ns/infra/sa/front-account'] } }] }] },
    }
    const answer = call([object, route(), policy])
    expect(led(answer)).toBe('shop')
    expect(JSON.stringify(answer)).toContain('infra/front')
    expect(said(call([edge([http('http', 80)]), route(), policy]))).toBe('UNREACHABLE DENIED')
  })

  it('has the address that the Gateway asks for, by assumption (GWAPI-12, NET-7)', () => {
    const entry = serviceEntry('app/out', {
      hosts: ['out.example'],
      addresses: ['240.0.0.9'],
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      resolution: 'STATIC',
      endpoints: [{ address: '172.18.0.7' }],
    })
    const asking = edge([http('http', 80)], { addresses: [{ type: 'IPAddress', value: '172.18.0.7' }] })
    const calling = fromClient('app')
    const assumed = (objects: readonly Manifest[]) =>
      calling([...objects, entry, deployment('app/client'), ...shop], '240.0.0.9').assumptions.map(({ code }) => code)
    expect(assumed([asking, route()])).toContain('GATEWAY_ADDRESS_ASSUMED')
    expect(assumed([edge([http('http', 80)]), route()])).toContain('EXTERNAL_HOST_NOT_CHECKED')
  })

  it('is a Service of its namespace where its address is a name, and nothing else (GWAPI-10, GWAPI-15)', () => {
    const pods = {
      ...deployment('infra/router', { app: 'router' }),
      spec: { template: { metadata: { labels: { app: 'router' } }, spec: { containers: [{ name: 'istio-proxy', image: 'auto' }] } } },
    }
    const own = service('infra/front', { type: 'LoadBalancer', selector: { app: 'router' }, ports: [{ name: 'http', port: 80 }] })
    const named = (value: string) => edge([http('http', 80)], { addresses: [{ type: 'Hostname', value }] })
    expect(led(call([named('front.infra.svc.cluster.local'), own, pods, route()]))).toBe('shop')
    expect(led(call([named('front'), own, pods, route()]))).toBe('shop')
    expect(said(call([named('front.app.svc.cluster.local'), own, pods, route()]))).not.toContain('DELIVERED')
  })

  it('takes Istio’s own Gateways of its namespace alone beside it (GWAPI-17)', () => {
    const server = { port: { number: 80, protocol: 'HTTP', name: 'http' }, hosts: ['classic.example'] }
    const classic = (home: string) => [
      gateway(`${home}/classic`, { selector: { 'gateway.networking.k8s.io/gateway-name': 'edge' }, servers: [server] }),
      virtualService('app/classic', {
        hosts: ['classic.example'],
        gateways: [`${home}/classic`],
        http: [{ route: [{ destination: { host: 'shop' } }] }],
      }),
    ]
    const ask = (home: string, asked = {}) => fromOutside([edge([http('http', 80)]), ...classic(home), ...shop], 'classic.example', asked)
    expect(led(ask('infra'))).toBe('shop')
    expect(said(ask('app'))).not.toContain('DELIVERED')
    expect(led(ask('app', { version: '1.30.0' }))).toBe('shop')
  })
})

describe('listeners', () => {
  it('ask for certificates of clients by what their Gateway says of its frontend (GWAPI-22)', () => {
    const listener = { name: 'https', port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'cert' }] }, ...all }
    const frontend = { default: { validation: { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }] } } }
    const answer = call([edge([listener], { tls: { frontend } }), route()], { port: 443 })
    expect(answer.conditions.map(({ code }) => code)).toContain('CLIENT_CERTIFICATE_NEEDED')
    expect(call([edge([listener], { tls: { frontend } }), route()], { port: 443, version: '1.27.0' }).conditions).toEqual([])
  })

  it('that end TLS take TLSRoutes, whose hostnames then select nothing (GWAPI-25)', () => {
    const listener = { name: 'tls', port: 443, protocol: 'TLS', tls: { mode: 'Terminate', certificateRefs: [{ name: 'cert' }] }, ...all }
    const tls = tlsRoute('app/shop', { parentRefs: [toEdge], hostnames: ['shop.example'], rules: [{ backendRefs: [send('shop')] }] })
    const tcp = app('app/shop', { ports: [{ name: 'tcp', port: 80 }] })
    expect(led(fromOutside([edge([listener]), tls, ...tcp], 'shop.example', { port: 443, protocol: 'TLS' }))).toBe('shop')
    expect(said(call([edge([listener]), tls], { port: 443, protocol: 'TLS', version: '1.29.0' }))).not.toContain('DELIVERED')
  })

  it('may stand in a ListenerSet of a namespace that the Gateway admits (GWAPI-28)', () => {
    const set = listenerSet('app/more', { parentRef: toEdge, listeners: [{ name: 'http', port: 0, protocol: 'HTTP' }] })
    const own = route({ parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'ListenerSet', name: 'more' }] })
    const admitting = (allowedListeners?: Manifest) => edge([http('http', 8080)], allowedListeners && { allowedListeners })
    expect(led(call([admitting({ namespaces: { from: 'All' } }), set, own]))).toBe('shop')
    expect(said(call([admitting(), set, own]))).not.toContain('DELIVERED')
    const selector = { matchLabels: { 'kubernetes.io/metadata.name': 'app' } }
    expect(led(call([admitting({ namespaces: { from: 'Selector', selector } }), set, own]))).toBe('shop')
  })

  it('say why they do not take a route (GWAPI-6)', () => {
    expect(told(call([edge([http('http', 80, {})]), route()]))).toContain(
      'HTTPRoute `app/shop` is not attached, as listener `http` takes routes of its own namespace `infra` only, and this one is of `app`',
    )
    expect(told(call([edge([http('http', 80)]), route({ parentRefs: [{ ...toEdge, sectionName: 'https' }] })]))).toContain(
      'it has no listener `https`',
    )
    const labelled = (matchLabels: Manifest) =>
      http('http', 80, { allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels } } } })
    const other = call([edge([labelled({ team: 'shop' })]), route()])
    expect(said(other)).toBe('UNREACHABLE NO_ROUTE')
    expect(told(other)).toContain('takes routes of namespaces with the labels of its `allowedRoutes` only, and this one is of `app`')
    expect(led(call([edge([labelled({ 'kubernetes.io/metadata.name': 'app' })]), route()]))).toBe('shop')
  })
})

describe('a namespace whose object is not given', () => {
  const lost = app('lost/shop')
  const own = (rule: Manifest, hostnames: readonly string[] = ['shop.example']) =>
    httpRoute('lost/shop', { parentRefs: [toEdge], hostnames, rules: [rule] })
  const taking = (matchLabels: Manifest) =>
    edge([http('http', 80, { allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels } } } })])
  const sending = { backendRefs: [send('shop')] }

  it('has its name for a label, and of its routes at a listener for others nothing is known (GWAPI-24, NP-10)', () => {
    const ask = (matchLabels: Manifest, rule: Manifest = sending) => fromOutside([taking(matchLabels), own(rule), ...lost], 'shop.example')
    expect(led(ask({ 'kubernetes.io/metadata.name': 'lost' }))).toBe('shop')
    expect(said(ask({ 'kubernetes.io/metadata.name': 'other', team: 'a' }))).toBe('UNREACHABLE NO_ROUTE')
    expect(said(ask({ team: 'a' }))).toBe('UNDETERMINED INPUT_MISSING')
    expect(told(ask({ team: 'a' }))).toContain('may be of namespace `lost`, and its Namespace object is not given')
    const redirect = { filters: [{ type: 'RequestRedirect', requestRedirect: { hostname: 'other.example' } }] }
    expect(said(ask({ team: 'a' }, redirect))).toBe('UNDETERMINED INPUT_MISSING')
  })

  it('leaves what other routes take as it is (GWAPI-24, GWAPI-38)', () => {
    const objects = [taking({ team: 'a' }), own({ ...sending, matches: [prefix('/lost')] }), ...lost, ...shop]
    const given = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'home', labels: { team: 'a' } } }
    const known = httpRoute('home/shop', { parentRefs: [toEdge], hostnames: ['shop.example'], rules: [sending] })
    const ask = (path: string) => fromOutside([...objects, given, known, ...app('home/shop')], 'shop.example', { path })
    expect(said(ask('/lost/x'))).toBe('UNDETERMINED INPUT_MISSING')
    expect(led(ask('/'))).toBe('shop')
  })

  it('leaves open what its TCPRoute is for, and what a ListenerSet of it opens (GWAPI-24, GWAPI-28)', () => {
    const selector = { matchLabels: { team: 'a' } }
    const tcp = edge([{ name: 'tcp', port: 5432, protocol: 'TCP', allowedRoutes: { namespaces: { from: 'Selector', selector } } }])
    const routed = tcpRoute('lost/shop', { parentRefs: [toEdge], rules: [sending] })
    expect(said(fromOutside([tcp, routed, ...lost], 'shop.example', { port: 5432, protocol: 'TCP' }))).toBe('UNDETERMINED INPUT_MISSING')
    const set = listenerSet('lost/more', { parentRef: toEdge, listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] })
    const parentRefs = [{ group: 'gateway.networking.k8s.io', kind: 'ListenerSet', name: 'more' }]
    const inSet = httpRoute('lost/shop', { parentRefs, hostnames: ['shop.example'], rules: [sending] })
    const admitting = edge([http('http', 8080)], { allowedListeners: { namespaces: { from: 'Selector', selector } } })
    expect(said(fromOutside([admitting, set, inSet, ...lost], 'shop.example'))).toBe('UNDETERMINED INPUT_MISSING')
  })
})

describe('rules of routes at a gateway', () => {
  const at = (rules: readonly Manifest[], asked = {}) => call([edge([http('http', 80)]), route({ rules }), ...app('app/other')], asked)

  it('of all routes for a hostname are one list, and the older route’s come first (GWAPI-39)', () => {
    const other = httpRoute(
      'app/other',
      { parentRefs: [toEdge], hostnames: ['shop.example'], rules: [{ backendRefs: [send('other')] }] },
      { creationTimestamp: '2026-01-01T00:00:00Z' },
    )
    const later = route({}, { creationTimestamp: '2026-02-01T00:00:00Z' })
    expect(led(call([edge([http('http', 80)]), later, other, ...app('app/other')]))).toBe('other')
  })

  it('lose a bad mirror, and stay (GWAPI-43)', () => {
    const filters = [{ type: 'RequestMirror', requestMirror: { backendRef: send('x', { kind: 'Nothing', group: 'example.com' }) } }]
    expect(led(at([{ filters, backendRefs: [send('shop')] }]))).toBe('shop')
  })

  it('send to hosts that the proxy knows, and to nothing of a kind that nobody knows (GWAPI-44, GWAPI-50)', () => {
    const hostname = { group: 'networking.istio.io', kind: 'Hostname', name: 'shop.app.svc.cluster.local', port: 80 }
    expect(led(at([{ backendRefs: [hostname] }]))).toBe('shop')
    const pool = { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'pool', port: 80 }
    expect(said(at([{ backendRefs: [pool] }]))).toBe('UNREACHABLE BACKEND_INVALID')
  })

  it('redirect and rewrite, and take filters of backends that change headers alone (GWAPI-51, GWAPI-52)', () => {
    expect(said(at([{ filters: [{ type: 'RequestRedirect', requestRedirect: { hostname: 'new.example' } }] }]))).toBe(
      'UNREACHABLE REDIRECTED',
    )
    const rewrite = { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } }
    const policy = {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { namespace: 'app', name: 'paths' },
      spec: { rules: [{ to: [{ operation: { paths: ['/x'] } }] }] },
    }
    const rules = [{ matches: [prefix('/shop')], filters: [rewrite], backendRefs: [send('shop')] }]
    expect(led(call([edge([http('http', 80)]), route({ rules }), policy], { path: '/shop/x' }))).toBe('shop')
    const mirrored = { ...send('shop'), filters: [{ type: 'RequestMirror', requestMirror: { backendRef: send('shop') } }] }
    expect(said(at([{ backendRefs: [mirrored] }]))).toBe('UNREACHABLE NO_ROUTE')
  })
})
