import { describe, expect, it } from 'vitest'
import { issueAuthority } from '../../certificates.js'
import {
  ask,
  assumed,
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
import { call, filter, fine, ledger, patch, plugin, type Patch, unknown } from './extensions.js'

const root = (await issueAuthority('Common')).pem

describe('an EnvoyFilter that could stop or divert a call leaves it open', () => {
  it.each<[string, string, Manifest, string]>([
    ['at the client’s proxy (EXT-1)', 'shop/f', {}, unknown],
    ['at the server’s proxy', 'bank/f', {}, unknown],
    ['at all proxies, from the root namespace', 'istio-system/f', {}, unknown],
    ['not in a third namespace', 'other/f', {}, fine],
    ['where its selector picks the server', 'bank/f', { workloadSelector: { labels: { app: 'ledger' } } }, unknown],
    ['not where it picks another workload', 'bank/f', { workloadSelector: { labels: { app: 'till' } } }, fine],
    [
      'not where it is for a Kubernetes Gateway (EXT-1)',
      'bank/f',
      { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }] },
      fine,
    ],
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

  it('what sets a header turns calls only where a route or a policy looks at it (EXT-5)', () => {
    const mutation = patch({
      value: {
        name: 'm',
        typed_config: {
          '@type': 'type.googleapis.com/envoy.extensions.filters.http.header_mutation.v3.HeaderMutation',
          mutations: { request_mutations: [{ append: { header: { key: 'x-user', value: 'x' } } }] },
        },
      },
    })
    const looking = (key: string) =>
      istio('AuthorizationPolicy', 'bank/allow', { action: 'DENY', rules: [{ when: [{ key, values: ['nobody'] }] }] })
    expect(told(call(filter('bank/f', [mutation])))).toBe(fine)
    expect(call(filter('bank/f', [mutation]), looking('request.headers[x-team]')).verdict).not.toBe('UNDETERMINED')
    expect(call(filter('bank/f', [mutation]), looking('request.headers[X-User]')).verdict).toBe('UNDETERMINED')
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
    expect(asked('^1\\.28\\.1[0-9]')).toBe(unknown)
    expect(asked('^1\\.13.*')).toBe(fine)
    expect(asked(`^1\\.30.*|${'x'.repeat(1024)}`)).toBe(fine)
  })

  it('leaves alone who has no proxy, and keeps what is refused anyway refused', () => {
    const bare = topology([cluster('west', [deployment('shop/web', naked), ...ledger, filter('shop/f')])])
    expect(ask(bare, 'west/shop/web', 'ledger.bank').verdict).toBe('REACHABLE')
    const deny = istio('AuthorizationPolicy', 'bank/deny', { action: 'DENY', rules: [{}] })
    const denied = call(filter('bank/f'), deny)
    expect(told(denied)).toBe('UNREACHABLE DENIED at AUTHORIZATION')
    expect(assumed(denied)).toContain('ENVOY_FILTER_NOT_MODELLED')
  })

  it('is told once: as what leaves the call open, or as what is taken not to change that it is stopped (EXT-7)', () => {
    expect(assumed(call(filter('bank/f')))).not.toContain('ENVOY_FILTER_NOT_MODELLED')
    const harmless = filter('shop/f', [patch({ value: { name: 'envoy.filters.http.cors' } })])
    const only = istio('Sidecar', 'shop/default', { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' }, egress: [{ hosts: ['shop/*'] }] })
    expect(assumed(call(filter('shop/f'), only))).toContain('ENVOY_FILTER_NOT_MODELLED')
    expect(assumed(call(harmless, only))).not.toContain('ENVOY_FILTER_NOT_MODELLED')
    expect(assumed(call(filter('other/f'), only))).not.toContain('ENVOY_FILTER_NOT_MODELLED')
  })

  it('names the patch by its path (EXT-7)', () => {
    const { steps, endpoints } = call(filter('bank/f', [patch({ context: 'GATEWAY' }), patch()]))
    const all = [...steps, ...endpoints.flatMap((path) => path.steps)].flatMap(({ because }) => because)
    expect(all.find(({ kind }) => kind === 'EnvoyFilter')?.path).toBe('spec.configPatches[1]')
  })

  it('by annotations for services that it refers to does nothing to calls (EXT-8)', () => {
    const metadata = { annotations: { 'envoyfilter.istio.io/referenced-services': 'ledger.bank.svc.cluster.local' } }
    expect(told(call(istio('EnvoyFilter', 'bank/f', { configPatches: [] }, metadata)))).toBe(fine)
  })

  it('of several each is named, whatever their order is (EXT-3)', () => {
    const both = call(filter('istio-system/a', [patch()], { priority: 10 }), filter('bank/b', [patch()], { priority: -1 }))
    expect(told(both)).toBe(unknown)
    expect(blamed(both)).toEqual(expect.arrayContaining(['EnvoyFilter west/istio-system/a', 'EnvoyFilter west/bank/b']))
  })

  it('names each thing that it met, and says what holds without them', () => {
    const { summary } = call(filter('shop/a'), filter('bank/b'))
    expect(summary).toContain('EnvoyFilter `shop/a` at the client’s proxy and EnvoyFilter `bank/b` at the server’s proxy')
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
