import { describe, expect, it } from 'vitest'
import { ambientMesh, ask, object, pod, stepAt, strict, verdictOf, type Mesh } from './ambient-mesh.js'

const from = 'calm/client'
const status = 'addresses: [{ type: IPAddress, value: 10.0.0.90 }]'

/** A waypoint `way` in a namespace, with its Service and one pod. */
const gateway = (place: string, { allowed = '', labels = '', addresses = status, className = 'istio-waypoint' } = {}) => {
  const [namespace = '', name = ''] = place.split('/')
  const listener = `{ name: mesh, port: 15008, protocol: HBONE${allowed === '' ? '' : `, allowedRoutes: { namespaces: ${allowed} }`} }`
  return `      - { apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: ${name}, namespace: ${namespace}, labels: { ${labels} } }, spec: { gatewayClassName: ${className}, listeners: [${listener}] }, status: { ${addresses} } }`
}
const proxies = (place: string, { ready = true, port = 15008 } = {}) => {
  const [namespace = '', name = ''] = place.split('/')
  const labels = `gateway.networking.k8s.io/gateway-name: ${name}, gateway.istio.io/managed: istio.io-mesh-controller`
  const own = `      - { apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: ${namespace}, labels: { gateway.istio.io/managed: istio.io-mesh-controller } }, spec: { clusterIP: 10.0.0.90, selector: { gateway.networking.k8s.io/gateway-name: ${name} }, ports: [{ name: mesh, port: ${port} }] } }`
  return [own, pod(place, { ip: '10.1.0.90', labels, ready, account: name })].join('\n')
}
const waypoint = (place: string, more: Parameters<typeof gateway>[1] = {}) => [gateway(place, more), proxies(place)].join('\n')

/** `deep` names `way` of its own namespace. */
const mesh = (objects: readonly string[], more: Mesh = {}) =>
  ambientMesh({ ...more, labels: { deep: 'istio.io/use-waypoint: way', ...more.labels }, objects: objects.join('\n') })
const lake = (objects: readonly string[], more: Mesh = {}, request = {}) => ask(mesh(objects, more), from, 'lake.deep:80', request)

const policy = (place: string, spec: string) => object('AuthorizationPolicy', place, spec)
const onService = 'targetRefs: [{ kind: Service, group: "", name: lake }]'
const denyAll = policy('deep/none', `{ ${onService}, action: DENY, rules: [{}] }`)
const principals = (account: string) => `rules: [{ from: [{ source: { principals: [cluster.local/ns/${account}] } }] }]`

describe('a waypoint that is named', () => {
  it('and does not exist is passed by, with its policies (case 13, AMB-42)', () => {
    const answer = lake([denyAll])
    expect(verdictOf(answer)).toBe('REACHABLE DELIVERED')
    expect(stepAt(answer, 'ROUTE').reason).toBe('PAST_WAYPOINT')
  })

  it('and is bound takes the call, and what it denies is denied (AMB-40, AMB-52, AUTHZ-41)', () => {
    expect(verdictOf(lake([waypoint('deep/way')]))).toBe('REACHABLE DELIVERED')
    const denied = lake([waypoint('deep/way'), denyAll])
    expect(verdictOf(denied)).toBe('UNREACHABLE DENIED')
    expect(stepAt(denied, 'AUTHORIZATION').hop).toMatchObject({ kind: 'WAYPOINT', to: 'west/deep/way' })
  })

  it('and has no ready pod makes the call fail (case 14, AMB-42)', () => {
    expect(verdictOf(lake([gateway('deep/way'), proxies('deep/way', { ready: false })]))).toBe('UNREACHABLE NO_ENDPOINTS')
    expect(verdictOf(lake([gateway('deep/way'), proxies('deep/way', { port: 80 })]))).toBe('UNREACHABLE NO_ENDPOINTS')
  })

  it('is left out by `none`, and a label that leads nowhere is not made good by the namespace (AMB-40)', () => {
    const way = [waypoint('deep/way'), denyAll]
    expect(verdictOf(lake(way, { labels: { lake: 'istio.io/use-waypoint: none' } }))).toBe('REACHABLE DELIVERED')
    expect(verdictOf(lake(way, { labels: { lake: 'istio.io/use-waypoint: gone' } }))).toBe('REACHABLE DELIVERED')
    expect(verdictOf(lake(way, { labels: { lake: 'istio.io/use-waypoint: way' } }))).toBe('UNREACHABLE DENIED')
  })

  it.each([
    ['not ready', { addresses: '' }],
    ['without a type of its address', { addresses: 'addresses: [{ value: 10.0.0.90 }]' }],
    ['for workloads', { labels: 'istio.io/waypoint-for: workload' }],
    ['for nothing', { labels: 'istio.io/waypoint-for: none' }],
  ])('and is %s is passed by (AMB-41)', (_title, more) => {
    expect(verdictOf(lake([waypoint('deep/way', more), denyAll]))).toBe('REACHABLE DELIVERED')
  })

  it.each([
    ['', 'REACHABLE DELIVERED'],
    ['{ from: Same }', 'REACHABLE DELIVERED'],
    ['{ from: All }', 'UNREACHABLE DENIED'],
    ['{ from: Selector, selector: { matchLabels: { kubernetes.io/metadata.name: deep } } }', 'UNREACHABLE DENIED'],
    ['{ from: Selector, selector: { matchLabels: { kubernetes.io/metadata.name: calm } } }', 'REACHABLE DELIVERED'],
  ])('in another namespace needs its listener to admit the service: %s (AMB-41, AMB-55)', (allowed, expected) => {
    const labels = { deep: 'istio.io/use-waypoint: way, istio.io/use-waypoint-namespace: bare' }
    expect(verdictOf(lake([waypoint('bare/way', { allowed }), denyAll], { labels }))).toBe(expected)
  })

  it('of another class is not followed (AMB-43, AMB-57)', () => {
    expect(lake([waypoint('deep/way', { className: 'istio' })]).verdict).toBe('UNDETERMINED')
  })

  it('gets its part of the calls beside a canary (AMB-46)', () => {
    const labels = { lake: 'istio.io/use-waypoint: way, istio.io/use-waypoint-canary: next' }
    const objects = [
      waypoint('deep/way'),
      gateway('deep/next'),
      policy('deep/next', '{ targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: next }], action: DENY, rules: [{}] }'),
    ]
    expect(verdictOf(lake(objects, { labels }))).toBe('REACHABLE DELIVERED')
    const namespace = { deep: 'istio.io/use-waypoint: way' }
    expect(verdictOf(lake(objects, { labels: { ...namespace, ...labels }, version: '1.30.0' }))).toBe('REACHABLE DELIVERED')
  })

  it('has none in front of itself (AMB-45)', () => {
    const labels = { deep: 'istio.io/use-waypoint: way' }
    const step = stepAt(ask(mesh([waypoint('deep/way')], { labels }), from, 'way.deep:15008'), 'ROUTE')
    expect(step.reason).toBe('DEFAULT_ROUTE')
  })
})

describe('behind a waypoint', () => {
  it('the server sees the waypoint, and each endpoint has the steps of both legs (AMB-24, AMB-39, NP-17)', () => {
    const allow = policy('deep/client', `{ selector: { matchLabels: { app: lake } }, ${principals('calm/sa/client')} }`)
    const answer = lake([waypoint('deep/way'), allow])
    expect(verdictOf(answer)).toBe('UNREACHABLE DENIED')
    expect(answer.endpoints.map(({ address, share }) => [address, share])).toEqual([
      ['10.1.0.3', 0.5],
      ['10.1.0.4', 0.5],
    ])
    const hops = answer.endpoints[0]?.steps.map(({ stage, hop }) => `${stage} ${hop?.index} ${hop?.kind}`)
    expect(hops).toEqual([
      'NETWORK 0 WAYPOINT',
      'NETWORK_POLICY 0 WAYPOINT',
      'TRANSPORT 0 WAYPOINT',
      'TRUST 0 WAYPOINT',
      'AUTHORIZATION 0 WAYPOINT',
      'NETWORK 1 DIRECT',
      'NETWORK_POLICY 1 DIRECT',
      'TRANSPORT 1 DIRECT',
      'TRUST 1 DIRECT',
      'AUTHORIZATION 1 DIRECT',
    ])
    const ofWaypoint = policy('deep/way', `{ selector: { matchLabels: { app: lake } }, ${principals('deep/sa/way')} }`)
    expect(verdictOf(lake([waypoint('deep/way'), ofWaypoint]))).toBe('REACHABLE DELIVERED')
  })

  it('policies by reference see who called (case 15, AMB-52)', () => {
    const by = (account: string) => policy('deep/callers', `{ ${onService}, ${principals(account)} }`)
    expect(verdictOf(lake([waypoint('deep/way'), by('calm/sa/client')]))).toBe('REACHABLE DELIVERED')
    expect(verdictOf(lake([waypoint('deep/way'), by('calm/sa/other')]))).toBe('UNREACHABLE DENIED')
  })

  it('sidecars and clients without a proxy are not: they go past it (cases 16 and 17, AMB-24)', () => {
    const objects = [waypoint('deep/way'), denyAll]
    expect(verdictOf(ask(mesh(objects), 'shop/client', 'lake.deep:80'))).toBe('REACHABLE DELIVERED')
    expect(verdictOf(ask(mesh(objects), 'bare/client', 'lake.deep:80'))).toBe('REACHABLE PASSTHROUGH')
    expect(verdictOf(ask(mesh([...objects, strict('deep')]), 'bare/client', 'lake.deep:80'))).toBe('UNREACHABLE TLS_REJECTED')
  })

  it('a port that is not declared dies at the waypoint (AMB-9, AMB-47)', () => {
    expect(verdictOf(ask(mesh([waypoint('deep/way')]), from, 'lake.deep:81'))).toBe('UNREACHABLE PORT_NOT_DECLARED')
  })

  it('pods without tunnels get plaintext, never classic mutual TLS (AMB-50)', () => {
    const labels = { shop: 'istio.io/use-waypoint: way' }
    const answer = (objects: readonly string[]) => ask(mesh([waypoint('shop/way'), ...objects], { labels }), from, 'cart.shop:80')
    expect(verdictOf(answer([]))).toBe('REACHABLE DELIVERED')
    expect(verdictOf(answer([strict('shop')]))).toBe('UNREACHABLE TLS_REJECTED')
  })

  it('policies of the Gateway and of its class count, others do not (AMB-52)', () => {
    const deny = (place: string, refs: string) => policy(place, `{ ${refs} action: DENY, rules: [{}] }`)
    const decided = (one: string) => verdictOf(lake([waypoint('deep/way'), one]))
    expect(decided(deny('deep/a', 'targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: way }],'))).toBe(
      'UNREACHABLE DENIED',
    )
    expect(
      decided(deny('istio-system/a', 'targetRefs: [{ kind: GatewayClass, group: gateway.networking.k8s.io, name: istio-waypoint }],')),
    ).toBe('UNREACHABLE DENIED')
    expect(decided(deny('deep/a', 'targetRefs: [{ kind: GatewayClass, group: gateway.networking.k8s.io, name: istio-waypoint }],'))).toBe(
      'REACHABLE DELIVERED',
    )
    expect(decided(deny('calm/a', `${onService},`))).toBe('REACHABLE DELIVERED')
    expect(decided(deny('deep/a', 'selector: { matchLabels: { gateway.networking.k8s.io/gateway-name: way } },'))).toBe(
      'REACHABLE DELIVERED',
    )
  })

  it('requests are seen whole: paths decide (AMB-52, AMB-53)', () => {
    const deny = policy('deep/admin', `{ ${onService}, action: DENY, rules: [{ to: [{ operation: { paths: ["/admin*"] } }] }] }`)
    expect(verdictOf(lake([waypoint('deep/way'), deny], {}, { path: '/admin/x', method: 'GET' }))).toBe('UNREACHABLE DENIED')
    expect(verdictOf(lake([waypoint('deep/way'), deny], {}, { path: '/', method: 'GET' }))).toBe('REACHABLE DELIVERED')
  })
})

describe('routes at a waypoint', () => {
  const abort = (place: string, more = '') =>
    object(
      'VirtualService',
      place,
      `{ hosts: [lake.deep.svc.cluster.local], ${more} http: [{ fault: { abort: { httpStatus: 500, percentage: { value: 100 } } }, route: [{ destination: { host: lake.deep.svc.cluster.local } }] }] }`,
    )
  const routed = (objects: readonly string[], more: Mesh = {}) =>
    verdictOf(lake([waypoint('deep/way'), ...objects], more, { path: '/', method: 'GET' }))

  it('are those of its own namespace and of the service’s, not the client’s (AMB-48)', () => {
    expect(routed([abort('deep/a')])).toBe('UNREACHABLE FAULT_ABORTED')
    expect(routed([abort('calm/a')])).toBe('REACHABLE DELIVERED')
    expect(routed([abort('deep/a', 'exportTo: [calm],')])).toBe('REACHABLE DELIVERED')
  })

  it('see the request as the token that the waypoint reads is written into it (AUTHZ-21, AMB-52)', () => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const value = `Bearer ${part({ alg: 'RS256' })}.${part({ iss: 'https://idp.example', group: 'dev' })}.c2ln`
    const reads = object(
      'RequestAuthentication',
      'deep/tokens',
      `{ ${onService}, jwtRules: [{ issuer: "https://idp.example", outputClaimToHeaders: [{ header: x-group, claim: group }] }] }`,
    )
    const only = (header: string) =>
      object(
        'VirtualService',
        'deep/a',
        `{ hosts: [lake.deep.svc.cluster.local], http: [{ match: [{ headers: { ${header} } }], route: [{ destination: { host: lake.deep.svc.cluster.local } }] }] }`,
      )
    const ends = (header: string) =>
      verdictOf(
        lake([waypoint('deep/way'), reads, only(header)], {}, { path: '/', method: 'GET', headers: [{ name: 'authorization', value }] }),
      )
    expect(ends('x-group: { exact: dev }')).toBe('REACHABLE DELIVERED')
    expect(ends('x-group: { exact: ops }')).toBe('UNREACHABLE NO_ROUTE')
    expect(ends('authorization: { prefix: Bearer }')).toBe('UNREACHABLE NO_ROUTE')
  })

  it('are put together since 1.29, where before the first was alone (AMB-49)', () => {
    const first = object(
      'VirtualService',
      'deep/a',
      '{ hosts: [lake.deep.svc.cluster.local], http: [{ match: [{ uri: { prefix: /x } }], route: [{ destination: { host: lake.deep.svc.cluster.local } }] }] }',
    )
    expect(routed([first])).toBe('UNREACHABLE NO_ROUTE')
    expect(routed([first, abort('deep/b')])).toBe('UNREACHABLE FAULT_ABORTED')
    expect(routed([first, abort('deep/b')], { version: '1.27.0' })).toBe('UNREACHABLE NO_ROUTE')
  })

  it('by labels of the caller are left out, and its namespace is the waypoint’s (AMB-49)', () => {
    const block = (match: string) =>
      object(
        'VirtualService',
        'deep/a',
        `{ hosts: [lake.deep.svc.cluster.local], http: [{ match: [${match}], fault: { abort: { httpStatus: 500, percentage: { value: 100 } } }, route: [{ destination: { host: lake.deep.svc.cluster.local } }] }, { route: [{ destination: { host: lake.deep.svc.cluster.local } }] }] }`,
      )
    expect(routed([block('{ sourceLabels: { app: client } }')])).toBe('REACHABLE DELIVERED')
    expect(routed([block('{ sourceNamespace: calm }')])).toBe('REACHABLE DELIVERED')
    expect(routed([block('{ sourceNamespace: deep }')])).toBe('UNREACHABLE FAULT_ABORTED')
  })

  it('go by DestinationRules of its namespace and the service’s; TLS modes of Istio change nothing (AMB-51)', () => {
    const rule = (place: string, tls: string) =>
      object('DestinationRule', place, `{ host: lake.deep.svc.cluster.local, trafficPolicy: { tls: { mode: ${tls} } } }`)
    expect(routed([rule('deep/r', 'DISABLE'), strict('deep')])).toBe('REACHABLE DELIVERED')
    expect(routed([rule('deep/r', 'ISTIO_MUTUAL'), strict('deep')])).toBe('REACHABLE DELIVERED')
    expect(routed([rule('calm/r', 'SIMPLE')])).toBe('REACHABLE DELIVERED')
  })
})

describe('an egress waypoint', () => {
  const entry = (addresses: string) =>
    object(
      'ServiceEntry',
      'deep/out',
      `{ hosts: [out.example], ${addresses} resolution: STATIC, ports: [{ number: 80, name: http, protocol: HTTP }], endpoints: [{ address: 192.0.2.7 }] }`,
      'labels: { istio.io/use-waypoint: way }',
    )
  const denied = policy(
    'deep/none',
    '{ targetRefs: [{ kind: ServiceEntry, group: networking.istio.io, name: out }], action: DENY, rules: [{}] }',
  )
  const out = (objects: readonly string[]) => ask(mesh([waypoint('deep/way'), ...objects]), from, 'out.example:80')

  it('takes what is for a ServiceEntry with an address of its own (case 28, AMB-16, AMB-54)', () => {
    expect(verdictOf(out([entry('addresses: [240.240.0.9],')]))).toBe('REACHABLE DELIVERED')
    expect(verdictOf(out([entry('addresses: [240.240.0.9],'), denied]))).toBe('UNREACHABLE DENIED')
    expect(verdictOf(out([entry(''), denied]))).toBe('UNREACHABLE DENIED')
  })

  it('is past where an address of the entry is its endpoint’s (case 28, AMB-8)', () => {
    expect(verdictOf(out([entry('addresses: [192.0.2.7],'), denied]))).toBe('REACHABLE DELIVERED')
  })
})
