import { describe, expect, it } from 'vitest'
import { ambientMesh, ask, object, pod, stepAt, strict, verdictOf, type Mesh } from './ambient-mesh.js'

const api = 'gateway.networking.k8s.io/v1'
const gateway = (taken: string, className = 'istio-waypoint', annotations = '') =>
  `      - { apiVersion: ${api}, kind: Gateway, metadata: { name: way, namespace: deep, labels: { istio.io/waypoint-for: ${taken} }, annotations: { ${annotations} } }, spec: { gatewayClassName: ${className}, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }, status: { addresses: [{ type: IPAddress, value: 10.0.0.90 }] } }`
const proxies = pod('deep/way', {
  ip: '10.1.0.90',
  labels: 'gateway.networking.k8s.io/gateway-name: way, gateway.istio.io/managed: istio.io-mesh-controller',
})
const mesh = (objects: readonly string[], more: Mesh = {}) =>
  ambientMesh({ ...more, labels: { deep: 'istio.io/use-waypoint: way', ...more.labels }, objects: [proxies, ...objects].join('\n') })
const deny = (refs: string, rule = '{}') =>
  object('AuthorizationPolicy', 'deep/none', `{ targetRefs: [${refs}], action: DENY, rules: [${rule}] }`)
const byGateway = '{ kind: Gateway, group: gateway.networking.k8s.io, name: way }'
const byService = '{ kind: Service, group: "", name: lake }'
const toPod = (objects: readonly string[], more: Mesh = {}) =>
  ask(mesh(objects, more), 'calm/client', '10.1.0.3:8080', { path: '/', method: 'GET' })

describe('a waypoint for workloads', () => {
  it('takes what is for a pod’s own address, and goes on to that pod in its own name (AMB-8, AMB-24, AMB-40)', () => {
    const answer = toPod([gateway('workload')])
    expect(verdictOf(answer)).toBe('REACHABLE DELIVERED')
    expect(stepAt(answer, 'ROUTE').reason).toBe('TO_WAYPOINT')
    expect(answer.endpoints.map(({ address }) => address)).toEqual(['10.1.0.3'])
    const allow = (account: string) =>
      object(
        'AuthorizationPolicy',
        'deep/callers',
        `{ selector: { matchLabels: { app: lake } }, rules: [{ from: [{ source: { principals: [cluster.local/ns/${account}] } }] }] }`,
      )
    expect(verdictOf(toPod([gateway('workload'), allow('calm/sa/client')]))).toBe('UNREACHABLE DENIED')
    expect(verdictOf(toPod([gateway('workload'), allow('deep/sa/way'), strict('deep')]))).toBe('REACHABLE DELIVERED')
  })

  it('enforces policies of its Gateway there, and none of a service (AMB-52)', () => {
    expect(verdictOf(toPod([gateway('all'), deny(byGateway)]))).toBe('UNREACHABLE DENIED')
    expect(verdictOf(toPod([gateway('all'), deny(byService)]))).toBe('REACHABLE DELIVERED')
    const atPort = (port: number) => deny(byGateway, `{ to: [{ operation: { ports: ["${port}"] } }] }`)
    expect(verdictOf(toPod([gateway('all'), atPort(8080)]))).toBe('UNREACHABLE DENIED')
    expect(verdictOf(toPod([gateway('all'), atPort(15008)]))).toBe('REACHABLE DELIVERED')
  })

  it('stands in front of no service, and one for services in front of no pod (AMB-41)', () => {
    const toService = (taken: string) => verdictOf(ask(mesh([gateway(taken), deny(byGateway)]), 'calm/client', 'lake.deep:80'))
    expect([toService('workload'), toService('all')]).toEqual(['REACHABLE DELIVERED', 'UNREACHABLE DENIED'])
    expect(verdictOf(toPod([gateway('service'), deny(byGateway)]))).toBe('REACHABLE DELIVERED')
  })

  it('is left out by a pod that says so, and by clients that are no ztunnel’s (AMB-24, AMB-40)', () => {
    const apart = [gateway('workload'), deny(byGateway), pod('deep/isle', { ip: '10.1.0.40', labels: 'istio.io/use-waypoint: none' })]
    expect(verdictOf(ask(mesh(apart), 'calm/client', '10.1.0.40:8080'))).toBe('REACHABLE DELIVERED')
    expect(verdictOf(ask(mesh(apart), 'bare/client', '10.1.0.3:8080'))).toBe('REACHABLE PASSTHROUGH')
  })

  it('has no other in front of its own pods (AMB-41)', () => {
    expect(stepAt(ask(mesh([gateway('all')]), 'calm/client', '10.1.0.90:15008'), 'ROUTE').reason).toBe('NOT_ROUTED')
  })
})

describe('a waypoint that is not Istio’s own', () => {
  it.each([
    ['of another class', gateway('all', 'acme-mesh'), '`acme-mesh`'],
    [
      'that hands on to a gateway in its pods',
      gateway('all', 'istio-waypoint', 'ambient.istio.io/waypoint-inbound-binding: PROXY/15088'),
      'waypoint-inbound-binding',
    ],
  ])('%s is bound, and leaves the call open (AMB-43, AMB-57)', (_title, object_, told) => {
    const answer = ask(mesh([object_]), 'calm/client', 'lake.deep:80')
    expect(answer.verdict).toBe('UNDETERMINED')
    expect(answer.summary).toContain(told)
  })
})

describe('a ztunnel that is started for another network', () => {
  const ztunnel = (network: string) =>
    `      - { apiVersion: apps/v1, kind: DaemonSet, metadata: { name: ztunnel, namespace: istio-system }, spec: { selector: { matchLabels: { app: ztunnel } }, template: { metadata: { labels: { app: ztunnel } }, spec: { containers: [{ name: istio-proxy, image: ztunnel, env: [{ name: NETWORK, value: "${network}" }] }] } } } }`
  const labels = { 'istio-system': 'topology.istio.io/network: n2' }
  const through = (network: string, more: readonly string[] = [], port = 80) =>
    ask(mesh([gateway('service'), deny(byService), ztunnel(network), ...more], { labels }), 'calm/client', `lake.deep:${port}`)

  it('does not recognise services, and passes their waypoints by (case 26, AMB-5)', () => {
    expect(verdictOf(through('n2'))).toBe('UNREACHABLE DENIED')
    const passed = through('n1')
    expect(verdictOf(passed)).toBe('REACHABLE DELIVERED')
    expect(stepAt(passed, 'ROUTE')).toMatchObject({ reason: 'PAST_WAYPOINT' })
    expect(verdictOf(through('n1', [strict('deep')]))).toBe('REACHABLE DELIVERED')
  })

  it('goes by the waypoint of the very pod that it chooses instead, which leaves the call open (AMB-5)', () => {
    const open = ask(mesh([gateway('all'), ztunnel('n1')], { labels }), 'calm/client', 'lake.deep:80')
    expect(verdictOf(open)).toBe('UNDETERMINED INPUT_MISSING')
    expect(stepAt(open, 'ROUTE').message).toContain('the waypoint for workloads of whichever pod')
    expect(verdictOf(ask(mesh([gateway('service'), ztunnel('n1')], { labels }), 'calm/client', 'lake.deep:80'))).toBe('REACHABLE DELIVERED')
  })

  it('passes on what is for a port that is not declared, where others fail (AMB-5, AMB-9)', () => {
    expect(stepAt(through('n1', [], 81), 'ROUTE').message).toContain('passes on what is for undeclared port 81')
    expect(stepAt(ask(mesh([]), 'calm/client', 'lake.deep:81'), 'DISCOVERY').reason).toBe('NO_ENDPOINTS')
  })
})

describe('names that are resolved as they are called', () => {
  const entry = (more: string, labels = 'istio.io/use-waypoint: way') =>
    object('ServiceEntry', 'deep/out', `{ hosts: ["*.wild.example"], resolution: DYNAMIC_DNS, ${more} }`, `labels: { ${labels} }`)
  const http = 'location: MESH_EXTERNAL, ports: [{ number: 80, name: http, protocol: HTTP }]'
  const tls = 'location: MESH_EXTERNAL, ports: [{ number: 80, name: tls, protocol: TLS }]'
  const called = (one: string, more: Mesh = {}) =>
    verdictOf(ask(mesh([gateway('service'), one], { ...more, labels: { deep: '' } }), 'calm/client', 'api.wild.example:80'))
  const byServerName = 'PILOT_ENABLE_AMBIENT: "true", ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS: "true"'

  it('go through a waypoint, and nowhere without one (AMB-17)', () => {
    expect(called(entry(http))).toBe('REACHABLE DELIVERED')
    expect(called(entry(http, ''))).toBe('UNREACHABLE NO_ENDPOINTS')
    expect(called(entry(http), { version: '1.27.4' })).toBe('UNREACHABLE UNKNOWN_CLUSTER')
  })

  it('have to lead out of the mesh, by HTTP or by a flag by TLS (AMB-17)', () => {
    expect(called(entry(http.replace('MESH_EXTERNAL', 'MESH_INTERNAL')))).toBe('UNREACHABLE UNKNOWN_CLUSTER')
    expect(called(entry(tls))).toBe('UNREACHABLE UNKNOWN_CLUSTER')
    expect(called(entry(tls), { flags: byServerName })).toBe('REACHABLE DELIVERED')
    expect(called(entry(tls), { flags: byServerName, version: '1.28.3' })).toBe('UNREACHABLE UNKNOWN_CLUSTER')
  })
})

describe('a ServiceEntry that MeshConfig narrows', () => {
  const entry = (labels = '') =>
    object(
      'ServiceEntry',
      'deep/out',
      '{ hosts: [out.example], addresses: [240.240.0.9], resolution: STATIC, location: MESH_EXTERNAL, ports: [{ number: 80, name: http, protocol: HTTP }], endpoints: [{ address: 192.0.2.7 }] }',
      `labels: { ${labels} }`,
    )
  const seen = (from: string, visibility: string, version = '1.31.2') => {
    const meshConfig = `serviceEntryVisibility: { ${visibility} }`
    return ask(
      mesh([entry(), pod('deep/client', { ip: '10.1.0.50' })], { meshConfig, version, labels: { deep: '' } }),
      from,
      'out.example:80',
    )
  }
  const byName = (visibility: string) =>
    `policies: [{ visibility: ${visibility}, matchingRules: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: deep } } }] }]`

  it('is known to its own namespace alone, or to nobody, since 1.31 (AMB-18)', () => {
    const known = (from: string, visibility: string, version?: string) => stepAt(seen(from, visibility, version), 'SCOPE').reason
    expect(known('calm/client', 'defaultVisibility: NAMESPACE')).toBe('UNKNOWN_PASSTHROUGH')
    expect(known('deep/client', 'defaultVisibility: NAMESPACE')).toBe('IN_SCOPE')
    expect(known('deep/client', 'defaultVisibility: NONE')).toBe('UNKNOWN_PASSTHROUGH')
    expect(known('calm/client', 'defaultVisibility: PUBLIC')).toBe('IN_SCOPE')
    expect(known('calm/client', 'defaultVisibility: NAMESPACE', '1.30.5')).toBe('IN_SCOPE')
  })

  it('goes by the first policy that takes its namespace (AMB-18)', () => {
    const known = (from: string, visibility: string) => stepAt(seen(from, visibility), 'SCOPE').reason
    expect(known('calm/client', byName('NAMESPACE'))).toBe('UNKNOWN_PASSTHROUGH')
    expect(known('calm/client', `defaultVisibility: NONE, ${byName('PUBLIC')}`)).toBe('IN_SCOPE')
    expect(known('calm/client', byName('NONE').replace('name: deep', 'name: calm'))).toBe('IN_SCOPE')
  })

  it('of its own namespace alone uses no waypoint of another (AMB-18)', () => {
    const labels = 'istio.io/use-waypoint: far, istio.io/use-waypoint-namespace: bare'
    const far = `      - { apiVersion: ${api}, kind: Gateway, metadata: { name: far, namespace: bare }, spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE, allowedRoutes: { namespaces: { from: All } } }] }, status: { addresses: [{ type: IPAddress, value: 10.0.0.91 }] } }`
    const step = (visibility: string) =>
      stepAt(
        ask(
          mesh([entry(labels), far, pod('deep/client', { ip: '10.1.0.50' })], {
            meshConfig: `serviceEntryVisibility: { ${visibility} }`,
            labels: { deep: '' },
          }),
          'deep/client',
          'out.example:80',
        ),
        'ROUTE',
      ).reason
    expect(step('defaultVisibility: PUBLIC')).toBe('TO_WAYPOINT')
    expect(step('defaultVisibility: NAMESPACE')).toBe('PAST_WAYPOINT')
  })
})
