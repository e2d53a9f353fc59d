import { describe, expect, it } from 'vitest'
import { issueAuthority } from '../../certificates.js'
import {
  ask,
  blamed,
  cluster,
  deployment,
  eastWest,
  gatewayProxy,
  istio,
  type Manifest,
  naked,
  service,
  told,
  topology,
} from '../../combinations/asking.js'

const root = (await issueAuthority('Common')).pem
const ledger = [deployment('bank/ledger'), service('bank/ledger')]
const call = (...extra: readonly Manifest[]) =>
  ask(topology([cluster('west', [deployment('shop/web'), ...ledger, ...extra])]), 'west/shop/web', 'ledger.bank')

interface Patch {
  readonly applyTo?: string
  readonly context?: string
  readonly match?: Manifest
  readonly operation?: string
  readonly value?: Manifest
}
const lua = { name: 'envoy.filters.http.lua', typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua' } }
const patch = ({ applyTo = 'HTTP_FILTER', context, match = {}, operation = 'INSERT_BEFORE', value = lua }: Patch = {}): Manifest => ({
  applyTo,
  match: { ...(context === undefined ? {} : { context }), ...match },
  patch: { operation, value },
})
const filter = (place: string, patches: readonly Manifest[] = [patch()], spec: Manifest = {}) =>
  istio('EnvoyFilter', place, { configPatches: patches, ...spec })
const plugin = (place: string, spec: Manifest = {}, kind = 'WasmPlugin'): Manifest => {
  const [namespace, name] = place.split('/')
  const body = kind === 'WasmPlugin' ? { url: 'oci://registry/x', ...spec } : spec
  return { apiVersion: 'extensions.istio.io/v1alpha1', kind, metadata: { namespace, name }, spec: body }
}
const unknown = 'UNDETERMINED NOT_FOLLOWED at AUTHORIZATION'
const fine = 'REACHABLE DELIVERED'

describe('an EnvoyFilter that could stop or divert a call leaves it open', () => {
  it.each<[string, string, Manifest, string]>([
    ['at the client’s proxy (EXT-1)', 'shop/f', {}, unknown],
    ['at the server’s proxy', 'bank/f', {}, unknown],
    ['at all proxies, from the root namespace', 'istio-system/f', {}, unknown],
    ['not in a third namespace', 'other/f', {}, fine],
    ['where its selector picks the server', 'bank/f', { workloadSelector: { labels: { app: 'ledger' } } }, unknown],
    ['not where it picks another workload', 'bank/f', { workloadSelector: { labels: { app: 'till' } } }, fine],
    ['not where it is for a Kubernetes Gateway (EXT-1)', 'bank/f', { targetRefs: [{ kind: 'Gateway', name: 'edge' }] }, fine],
  ])('%s', (_, place, spec, expected) => {
    const answer = call(filter(place, [patch()], spec))
    expect(told(answer)).toBe(expected)
    if (expected === unknown) expect(blamed(answer)).toEqual([`EnvoyFilter west/${place}`])
  })

  it('by what the patch is for (EXT-2)', () => {
    expect(told(call(filter('bank/f', [patch({ context: 'SIDECAR_OUTBOUND' })])))).toBe(fine)
    expect(told(call(filter('bank/f', [patch({ context: 'SIDECAR_INBOUND' })])))).toBe(unknown)
    expect(told(call(filter('shop/f', [patch({ context: 'SIDECAR_OUTBOUND' })])))).toBe(unknown)
    expect(told(call(filter('shop/f', [patch({ context: 'GATEWAY' })])))).toBe(fine)
    expect(told(call(filter('shop/f', [patch({ context: 'WAYPOINT' })])))).toBe(fine)
  })

  const type = (name: string): Manifest => ({ name: 'mine', typed_config: { '@type': `type.googleapis.com/${name}` } })
  const struct = (url: string, value: Manifest = {}): Manifest => ({
    name: 'mine',
    typed_config: { '@type': 'type.googleapis.com/udpa.type.v1.TypedStruct', type_url: `type.googleapis.com/${url}`, value },
  })
  const hcm = 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager'
  const manager = (value: Manifest): Manifest => ({
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: { '@type': `type.googleapis.com/${hcm}`, ...value },
  })
  it.each<[string, Patch, string]>([
    ['a filter of the usual kinds (EXT-5)', { value: type('envoy.extensions.filters.http.ext_authz.v3.ExtAuthz') }, unknown],
    ['a rate limit', { value: type('envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit') }, unknown],
    ['a filter of unknown type', { value: { name: 'mine' } }, unknown],
    ['not a compressor', { value: type('envoy.extensions.filters.http.compressor.v3.Compressor') }, fine],
    ['not a tap by name alone', { value: { name: 'envoy.filters.http.tap' } }, fine],
    ['not Istio’s own telemetry', { value: struct('stats.PluginConfig') }, fine],
    [
      'nor that of old releases',
      {
        value: struct('envoy.extensions.filters.http.wasm.v3.Wasm', {
          config: { vm_config: { code: { local: { inline_string: 'envoy.wasm.stats' } } } },
        }),
      },
      fine,
    ],
    ['but another’s Wasm', { value: struct('envoy.extensions.filters.http.wasm.v3.Wasm', { config: {} }) }, unknown],
    ['not a mutation of headers', { value: type('envoy.extensions.filters.http.header_mutation.v3.HeaderMutation') }, fine],
    [
      'but one of the path',
      {
        value: {
          name: 'm',
          typed_config: {
            '@type': 'type.googleapis.com/envoy.extensions.filters.http.header_mutation.v3.HeaderMutation',
            mutations: { request_mutations: [{ append: { header: { key: ':path', value: '/x' } } }] },
          },
        },
      },
      unknown,
    ],
    [
      'a removed filter',
      {
        operation: 'REMOVE',
        value: {},
        match: { listener: { filterChain: { filter: { name: hcm, subFilter: { name: 'envoy.filters.http.router' } } } } },
      },
      unknown,
    ],
    [
      'not removed telemetry',
      {
        operation: 'REMOVE',
        value: {},
        match: { listener: { filterChain: { filter: { name: hcm, subFilter: { name: 'istio.stats' } } } } },
      },
      fine,
    ],
    [
      'not the manager’s access log',
      { applyTo: 'NETWORK_FILTER', operation: 'MERGE', value: manager({ access_log: [], serverName: 'x' }) },
      fine,
    ],
    ['but its paths', { applyTo: 'NETWORK_FILTER', operation: 'MERGE', value: manager({ normalize_path: true }) }, unknown],
    [
      'not a cluster’s limits (EXT-6)',
      { applyTo: 'CLUSTER', operation: 'MERGE', value: { circuit_breakers: {}, connectTimeout: '1s' } },
      fine,
    ],
    ['but its transport', { applyTo: 'CLUSTER', operation: 'MERGE', value: { transport_socket: {} } }, unknown],
    ['not an added cluster (EXT-4)', { applyTo: 'CLUSTER', operation: 'ADD', value: { name: 'mine' } }, fine],
    ['a removed one', { applyTo: 'CLUSTER', operation: 'REMOVE', value: {} }, unknown],
    ['a route', { applyTo: 'HTTP_ROUTE', operation: 'MERGE', value: { route: { cluster: 'x' } } }, unknown],
    ['not a route’s tracing', { applyTo: 'HTTP_ROUTE', operation: 'MERGE', value: { tracing: {}, decorator: {} } }, fine],
    ['a listener', { applyTo: 'LISTENER', operation: 'MERGE', value: { address: {} } }, unknown],
    ['not the bootstrap', { applyTo: 'BOOTSTRAP', operation: 'MERGE', value: { admin: {} } }, fine],
    ['what is not known', { applyTo: 'SOMETHING_NEW', operation: 'MERGE', value: { a: 1 } }, unknown],
  ])('%s', (_, what, expected) => {
    expect(told(call(filter('shop/f', [patch(what)])))).toBe(expected)
  })

  it.each<[string, Patch, string]>([
    ['another Service’s cluster (EXT-7)', { match: { cluster: { service: 'till.bank.svc.cluster.local' } } }, fine],
    ['this Service’s', { match: { cluster: { service: 'ledger.bank.svc.cluster.local' } } }, unknown],
    ['its own name', { match: { cluster: { name: 'outbound|80||ledger.bank.svc.cluster.local' } } }, unknown],
    ['another port', { match: { cluster: { portNumber: 81 } } }, fine],
  ])('a patch of clusters by %s', (_, what, expected) => {
    const value = { lb_policy: 'RANDOM' }
    expect(told(call(filter('shop/f', [patch({ applyTo: 'CLUSTER', operation: 'MERGE', value, ...what })])))).toBe(expected)
  })

  it('a listener’s port is the Service’s on the way out, the pod’s on the way in (EXT-7)', () => {
    const at = (portNumber: number) => [patch({ match: { listener: { portNumber } } })]
    expect([80, 8080].map((port) => told(call(filter('shop/f', at(port)))))).toEqual([unknown, fine])
    expect([80, 8080].map((port) => told(call(filter('bank/f', at(port)))))).toEqual([fine, unknown])
  })

  it('what acts on requests does nothing to connections', () => {
    const tcp = [deployment('bank/ledger'), service('bank/ledger', { ports: [{ name: 'tcp', port: 80, targetPort: 8080 }] })]
    const over = (...extra: readonly Manifest[]) =>
      told(ask(topology([cluster('west', [deployment('shop/web'), ...tcp, ...extra])]), 'west/shop/web', 'ledger.bank'))
    expect(over(filter('bank/f'))).toBe(fine)
    expect(over(plugin('bank/p'))).toBe(fine)
    expect(over(filter('bank/f', [patch({ applyTo: 'NETWORK_FILTER', value: { name: 'rbac' } })]))).toBe(unknown)
    expect(over(plugin('bank/p', { type: 'NETWORK' }))).toBe(unknown)
  })

  it('for another release of the proxy it does not concern this one (EXT-2)', () => {
    const planes = { controlPlanes: [{ name: 'west', cluster: 'west', version: '1.30.2' }] }
    const asked = (proxyVersion: string) =>
      told(
        ask(
          topology(
            [cluster('west', [deployment('shop/web'), ...ledger, filter('shop/f', [patch({ match: { proxy: { proxyVersion } } })])])],
            planes,
          ),
          'west/shop/web',
          'ledger.bank',
        ),
      )
    expect(asked('^1\\.30.*')).toBe(unknown)
    expect(asked('^1\\.29.*')).toBe(unknown)
    expect(asked('^1\\.13.*')).toBe(fine)
  })

  it('leaves alone who has no proxy, and keeps what is refused anyway refused', () => {
    const bare = topology([cluster('west', [deployment('shop/web', naked), ...ledger, filter('shop/f')])])
    expect(ask(bare, 'west/shop/web', 'ledger.bank').verdict).toBe('REACHABLE')
    const deny = istio('AuthorizationPolicy', 'bank/deny', { action: 'DENY', rules: [{}] })
    expect(told(call(filter('bank/f'), deny))).toBe('UNREACHABLE DENIED at AUTHORIZATION')
  })

  it('names each thing that it met, and says what holds without them', () => {
    const { summary } = call(filter('shop/a'), filter('bank/b'))
    expect(summary).toContain('EnvoyFilter `shop/a` at the client’s proxy and EnvoyFilter `bank/b` at the server’s proxy')
  })
})

describe('so does code of someone else’s (EXT-9, EXT-10)', () => {
  it.each<[string, string, Manifest, string]>([
    ['of the server’s namespace', 'bank/p', {}, unknown],
    ['in whatever phase', 'bank/p', { phase: 'STATS' }, unknown],
    ['not by its mode on the other side', 'bank/p', { match: [{ mode: 'CLIENT' }] }, fine],
    ['by its mode on this side', 'shop/p', { match: [{ mode: 'CLIENT', ports: [{ number: 80 }] }] }, unknown],
    ['not on another port', 'shop/p', { match: [{ mode: 'CLIENT', ports: [{ number: 90 }] }] }, fine],
    ['not without code', 'bank/p', { url: '' }, fine],
    ['not for other workloads', 'bank/p', { selector: { matchLabels: { app: 'till' } } }, fine],
  ])('%s', (_, place, spec, expected) => {
    expect(told(call(plugin(place, spec)))).toBe(expected)
  })

  it('also by its newer name', () => {
    expect(told(call(plugin('bank/p', { wasm: { url: 'oci://x' } }, 'TrafficExtension')))).toBe(unknown)
    expect(told(call(plugin('bank/p', { lua: { inlineCode: 'x' } }, 'TrafficExtension')))).toBe(unknown)
  })
})

describe('what cannot turn a verdict stays out of it (EXT-11, EXT-12)', () => {
  it.each(['Telemetry', 'ProxyConfig'])('%s', (kind) => {
    const apiVersion = kind === 'Telemetry' ? 'telemetry.istio.io/v1' : 'networking.istio.io/v1beta1'
    expect(told(call({ apiVersion, kind, metadata: { namespace: 'bank', name: 'x' }, spec: {} }))).toBe(fine)
  })
})

describe('a gateway in between', () => {
  const trusted = { rootCertificates: [root] }
  const across = (...east: readonly Manifest[]) =>
    ask(
      topology([
        cluster('west', [deployment('shop/web'), service('bank/ledger')], { network: 'n1', remoteSecrets: ['east'], ...trusted }),
        cluster('east', [...ledger, ...eastWest('n2', '203.0.113.2'), ...east], { network: 'n2', remoteSecrets: ['west'], ...trusted }),
      ]),
      'west/shop/web',
      'ledger.bank',
    )

  it('counts with its own filters, of which those on requests do nothing where it hands TLS on (NET-35, EXT-1)', () => {
    const network = [patch({ applyTo: 'NETWORK_FILTER', context: 'GATEWAY', value: { name: 'rbac' } })]
    expect(told(across())).toBe(fine)
    expect(told(across(filter('istio-system/f', network)))).toBe(unknown)
    expect(told(across(filter('istio-system/f', [patch({ context: 'GATEWAY' })])))).toBe(fine)
  })

  it('is a proxy of requests where a route leads through it (ROUTE-13)', () => {
    const server = { port: { number: 8080, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }
    const objects = [
      ...gatewayProxy('egress', [{ name: 'http', port: 8080, targetPort: 8080 }]),
      istio('Gateway', 'istio-system/egress', { selector: { istio: 'egress' }, servers: [server] }),
      istio('VirtualService', 'shop/via', {
        hosts: ['ledger.bank.svc.cluster.local'],
        gateways: ['mesh', 'istio-system/egress'],
        http: [
          {
            match: [{ gateways: ['mesh'] }],
            route: [{ destination: { host: 'egress.istio-system.svc.cluster.local', port: { number: 8080 } } }],
          },
          { route: [{ destination: { host: 'ledger.bank.svc.cluster.local', port: { number: 80 } } }] },
        ],
      }),
    ]
    expect(call(...objects).verdict).toBe('REACHABLE')
    expect(call(...objects, filter('istio-system/f', [patch({ context: 'GATEWAY' })])).verdict).toBe('UNDETERMINED')
  })
})

describe('a route of the Gateway API at the called Service leaves the call open (ROUTE-27)', () => {
  it('and is named', () => {
    const route: Manifest = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { namespace: 'bank', name: 'split' },
      spec: { parentRefs: [{ group: '', kind: 'Service', name: 'ledger' }] },
    }
    const answer = call(route)
    expect(told(answer)).toBe(unknown)
    expect(blamed(answer)).toEqual(['HTTPRoute west/bank/split'])
  })
})
