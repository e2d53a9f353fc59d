import { describe, expect, it } from 'vitest'
import type { DestinationInput } from '#engine/model/question'
import { answerTo } from '../asking.js'
import { type Manifest, service, world } from '../calling.js'
import { ask, edgePods, edgeService, gate, http, said, shop } from './edge.js'

const api = service('shop/api', { selector: { app: 'web' }, ports: [{ name: 'http-api', port: 8080 }] })
const reached = (objects: readonly Manifest[], host: string, to: Partial<DestinationInput>): string => {
  const answer = ask([api, ...objects], host, { port: 80, ...to })
  const route = answer.steps.find(({ stage }) => stage === 'DISCOVERY')?.because.map(({ name }) => name)
  return answer.verdict === 'REACHABLE' ? (route?.[0] ?? '') : answer.reason
}

describe('an Ingress of Istio’s class', () => {
  const backend = (name: string, port: Manifest): Manifest => ({ service: { name, port } })
  const ingress = (spec: Manifest, annotations: Manifest = { 'kubernetes.io/ingress.class': 'istio' }): Manifest => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { namespace: 'shop', name: 'web', annotations },
    spec,
  })
  const path = (text: string, pathType: string | undefined, to = backend('web', { number: 80 })): Manifest => ({
    path: text,
    ...(pathType === undefined ? {} : { pathType }),
    backend: to,
  })
  const rules = [
    {
      host: 'shop.example',
      http: {
        paths: [
          path('/', 'Prefix'),
          path('/api', 'Prefix', backend('api', { name: 'http-api' })),
          path('/exact', 'Exact'),
          path('/old/*', 'ImplementationSpecific'),
        ],
      },
    },
  ]

  it.each([
    ['/', 'web'],
    ['/apis', 'web'],
    ['/api', 'api'],
    ['/api/v1', 'api'],
  ])('leads %s to %s: the longest prefix of whole elements decides (GW-9)', (asked, expected) => {
    expect(reached([ingress({ rules })], 'shop.example', { path: asked })).toBe(expected)
  })

  it.each([
    ['/exact', 'web'],
    ['/exact/more', 'NO_ROUTE'],
    ['/old/way', 'web'],
    ['/new', 'NO_ROUTE'],
  ])('without a path for all, %s ends at %s (GW-9)', (asked, expected) => {
    const [rule] = rules
    const paths = rule?.http.paths.slice(2)
    expect(reached([ingress({ rules: [{ host: 'shop.example', http: { paths } }] })], 'shop.example', { path: asked })).toBe(expected)
  })

  it('knows its own hosts, and any where a rule names none; a default backend is left out (GW-9)', () => {
    const fallback = { defaultBackend: backend('web', { number: 80 }) }
    expect(reached([ingress({ rules, ...fallback })], 'other.example', { path: '/' })).toBe('NO_ROUTE')
    expect(reached([ingress(fallback)], 'other.example', { path: '/' })).toBe('NO_ROUTE')
    const any = [{ http: { paths: [path('/', 'Prefix')] } }]
    expect(reached([ingress({ rules: any })], 'other.example', { path: '/' })).toBe('web')
  })

  it('ends TLS at port 443 for the hosts of its secrets (GW-9)', () => {
    const tls = [{ hosts: ['shop.example'], secretName: 'cert' }]
    expect(said(ask([ingress({ rules, tls })], 'shop.example', { port: 443, path: '/' }))).toBe('REACHABLE DELIVERED')
    expect(said(ask([ingress({ rules })], 'shop.example', { port: 443, path: '/' }))).toBe('UNREACHABLE NOT_LISTENING')
  })

  const classOf = (controller: string): Manifest => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'mesh' },
    spec: { controller },
  })
  it.each([
    ['its annotation', [ingress({ rules })], {}, true],
    ['another annotation', [ingress({ rules }, { 'kubernetes.io/ingress.class': 'nginx' })], {}, false],
    ['the class that MeshConfig names', [ingress({ rules }, { 'kubernetes.io/ingress.class': 'mesh' })], { ingressClass: 'mesh' }, true],
    [
      'a class whose controller istiod is',
      [ingress({ rules, ingressClassName: 'mesh' }, {}), classOf('istio.io/ingress-controller')],
      {},
      true,
    ],
    ['a class of another controller', [ingress({ rules, ingressClassName: 'mesh' }, {}), classOf('k8s.io/ingress-nginx')], {}, false],
    ['no class in mode STRICT', [ingress({ rules }, {})], {}, false],
    ['no class in mode DEFAULT', [ingress({ rules }, {})], { ingressControllerMode: 'DEFAULT' }, true],
    ['a class that does not exist', [ingress({ rules, ingressClassName: 'istio' }, {})], {}, false],
    [
      'a class that does not exist in mode DEFAULT',
      [ingress({ rules, ingressClassName: 'istio' }, {})],
      { ingressControllerMode: 'DEFAULT' },
      true,
    ],
    [
      'a class whose controller istiod is in mode OFF',
      [ingress({ rules, ingressClassName: 'mesh' }, {}), classOf('istio.io/ingress-controller')],
      { ingressControllerMode: 'OFF' },
      false,
    ],
    ['its annotation in mode OFF', [ingress({ rules })], { ingressControllerMode: 'OFF' }, false],
  ])('is served or not by %s (GW-9)', (_what, objects, meshConfig, served) => {
    const snapshot = world({ clusters: { west: [...shop, ...objects] }, meshConfig })
    const answer = answerTo(snapshot, { from: { outside: true }, to: { host: 'shop.example', port: 80, path: '/' } })
    expect(answer.verdict).toBe(served ? 'REACHABLE' : 'UNREACHABLE')
  })

  it('is told as what it is, with its own place (GW-9)', () => {
    const answer = ask([ingress({ rules })], 'shop.example', { port: 80, path: '/' })
    const route = answer.steps.find(({ stage }) => stage === 'ROUTE')
    expect(route?.message).toContain('Ingress `shop/web`')
    expect(route?.because.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)).toContain('Ingress shop/web')
  })

  it('goes by the gateway that MeshConfig selects (GW-9)', () => {
    const snapshot = world({
      clusters: { west: [...shop, ingress({ rules }), edgeService(), edgePods] },
      meshConfig: { ingressSelector: 'edge' },
    })
    const answer = answerTo(snapshot, { from: { outside: true }, to: { host: 'shop.example', port: 80, path: '/' } })
    expect(answer.endpoints.map(({ via }) => via?.address)).toEqual(['203.0.113.7'])
  })
})

describe('a Gateway of the Gateway API', () => {
  const object = (kind: string, name: string, spec: Manifest, namespace = 'shop'): Manifest => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind,
    metadata: { namespace, name },
    spec,
  })
  const listener = (more: Manifest = {}): Manifest => ({ name: 'http', port: 80, protocol: 'HTTP', ...more })
  const gateway = (listeners: readonly Manifest[] = [listener()], gatewayClassName = 'istio'): Manifest =>
    object('Gateway', 'edge', { gatewayClassName, listeners })
  const to = (name: string, port: number): Manifest => ({ backendRefs: [{ name, port }] })
  const route = (spec: Manifest, namespace = 'shop'): Manifest =>
    object('HTTPRoute', 'web', { parentRefs: [{ name: 'edge', namespace: 'shop' }], ...spec }, namespace)

  it('leads requests where its HTTPRoutes lead, the most specific match first (GW-10)', () => {
    const rules = [
      to('web', 80),
      { matches: [{ path: { type: 'PathPrefix', value: '/api' } }], ...to('api', 8080) },
      { matches: [{ path: { value: '/' }, headers: [{ name: 'X-Api', value: '1' }] }], ...to('api', 8080) },
    ]
    const objects = [gateway(), route({ rules })]
    expect(reached(objects, 'shop.example', { path: '/', headers: [{ name: 'x-api', absent: true }] })).toBe('web')
    expect(reached(objects, 'shop.example', { path: '/', headers: [{ name: 'x-api', value: '1' }] })).toBe('api')
    expect(reached(objects, 'shop.example', { path: '/api/v1' })).toBe('api')
    expect(reached(objects, 'shop.example', { path: '/apis', headers: [{ name: 'x-api', absent: true }] })).toBe('web')
  })

  it.each([
    [undefined, undefined, 'REACHABLE DELIVERED'],
    ['shop.example', undefined, 'REACHABLE DELIVERED'],
    ['*.example', ['shop.example'], 'REACHABLE DELIVERED'],
    [undefined, ['other.example'], 'UNREACHABLE NO_ROUTE'],
    // The port is open for another host, so that a request gets 404 (GWAPI-41).
    ['other.example', undefined, 'UNREACHABLE GATEWAY_HOST_NOT_EXPOSED'],
  ])('takes the hosts that listener (%s) and route (%j) have in common: %s (GW-10)', (hostname, hostnames, expected) => {
    const objects = [
      gateway([listener({ ...(hostname && { hostname }) })]),
      route({ ...(hostnames && { hostnames }), rules: [to('web', 80)] }),
    ]
    expect(said(ask(objects, 'shop.example', { port: 80, path: '/' }))).toBe(expected)
  })

  it('prefers a prefix to a regular expression, however long that is (GWAPI-38)', () => {
    const rules = [
      { matches: [{ path: { type: 'RegularExpression', value: '/a.i/[v]1/something' } }], ...to('web', 80) },
      { matches: [{ path: { type: 'PathPrefix', value: '/api' } }], ...to('api', 8080) },
    ]
    expect(reached([gateway(), route({ rules })], 'shop.example', { path: '/api/v1/something' })).toBe('api')
  })

  it.each([
    ['shop.example', 'HTTP', 80, 'UNREACHABLE NO_ROUTE'],
    ['*.shop.example', 'HTTP', 80, 'REACHABLE DELIVERED'],
    ['*.example', 'HTTP', 80, 'REACHABLE DELIVERED'],
    ['shop.example', 'HTTP', 81, 'REACHABLE DELIVERED'],
  ])(
    'leaves names to the more specific listener (%s, %s, port %i) of the same port: %s (GWAPI-32)',
    (hostname, protocol, port, expected) => {
      const other = { name: 'other', hostname, protocol, port }
      const spec = { parentRefs: [{ name: 'edge', sectionName: 'http' }], hostnames: ['shop.example'], rules: [to('web', 80)] }
      expect(said(ask([gateway([listener({ hostname: '*.example' }), other]), route(spec)], 'shop.example', { port: 80, path: '/' }))).toBe(
        expected,
      )
    },
  )

  it.each([
    [undefined, 'UNREACHABLE NOT_LISTENING'],
    [{ certificateRefs: [{ name: 'cert' }] }, 'REACHABLE DELIVERED'],
  ])('opens a port for HTTPS of which it says %j: %s (GWAPI-20)', (tls, expected) => {
    const https = listener({ name: 'https', protocol: 'HTTPS', port: 443, ...(tls && { tls }) })
    const objects = [gateway([listener(), https]), route({ rules: [to('web', 80)] })]
    expect(said(ask(objects, 'shop.example', { port: 443, path: '/' }))).toBe(expected)
  })

  it.each([
    ['HTTP', undefined, 'UNREACHABLE NO_ROUTE'],
    ['HTTP', 'shop.example', 'REACHABLE DELIVERED'],
    ['HTTPS', undefined, 'UNREACHABLE GATEWAY_NOT_LISTENING'],
  ])('leaves out the later listener of one port and name (first %s of %s): %s (GWAPI-26)', (protocol, hostname, expected) => {
    const first = listener({ name: 'first', protocol, ...(hostname && { hostname }) })
    const spec = { parentRefs: [{ name: 'edge', sectionName: 'http' }], rules: [to('web', 80)] }
    const objects = [gateway([first, listener()]), route(spec)]
    expect(said(ask(objects, 'other.example', { port: 80, path: '/' }))).toBe(expected)
  })

  it('has routes of its own namespace, unless it allows all (GW-10)', () => {
    const foreign = (more: Manifest) => [gateway([listener(more)]), service('other/web'), route({ rules: [to('web', 80)] }, 'other')]
    expect(said(ask(foreign({}), 'shop.example', { port: 80, path: '/' }))).toBe('UNREACHABLE NO_ROUTE')
    expect(said(ask(foreign({ allowedRoutes: { namespaces: { from: 'All' } } }), 'shop.example', { port: 80, path: '/' }))).not.toContain(
      'NO_ROUTE',
    )
  })

  it.each([
    ['GRPCRoute', 'UNREACHABLE NO_ROUTE'],
    ['HTTPRoute', 'REACHABLE DELIVERED'],
  ])('of which a listener takes %ss: %s (GWAPI-31)', (kind, expected) => {
    const objects = [gateway([listener({ allowedRoutes: { kinds: [{ kind }] } })]), route({ rules: [to('web', 80)] })]
    expect(said(ask(objects, 'shop.example', { port: 80, path: '/' }))).toBe(expected)
  })

  it.each([
    ['another class', 'UNDETERMINED NOT_FOLLOWED', [gateway([listener()], 'nginx'), route({ rules: [to('web', 80)] })]],
    ['a filter', 'REACHABLE DELIVERED', [gateway(), route({ rules: [{ ...to('web', 80), filters: [{ type: 'URLRewrite' }] }] })]],
    [
      'a backend of another namespace',
      'UNREACHABLE BACKEND_NOT_GRANTED',
      [gateway(), route({ rules: [{ backendRefs: [{ name: 'web', namespace: 'other', port: 80 }] }] })],
    ],
  ])('with %s comes to %s (GW-8, GW-10, GWAPI-45, GWAPI-51)', (_what, expected, objects) => {
    expect(said(ask(objects, 'shop.example', { port: 80, path: '/' }))).toBe(expected)
  })

  it('runs in pods of its own, which are not those of Istio’s Gateways beside it (GW-10)', () => {
    const snapshot = world({
      clusters: { west: [...shop, gateway(), route({ rules: [to('web', 80)] }), edgeService(), edgePods, gate(http(['else.example']))] },
    })
    const answer = answerTo(snapshot, { from: { outside: true }, to: { host: 'shop.example', port: 80, path: '/' } })
    expect(answer.endpoints.map(({ via }) => via?.address)).toEqual(['assumed:west/shop/edge-istio'])
  })
})
