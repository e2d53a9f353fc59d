import { describe, expect, it } from 'vitest'
import { couldTurn } from '#engine/istiod/proxies/could-turn'
import { cluster, istio, type Manifest, topology } from '../../combinations/asking.js'

/** Could the patch, written as people write it, stop or divert a call? */
function turns(applyTo: string, operation: string, value: Manifest = {}, match: Manifest = {}, deciding: readonly string[] = []): boolean {
  const filter = istio('EnvoyFilter', 'shop/f', { configPatches: [{ applyTo, match, patch: { operation, value } }] })
  const [found] =
    topology([cluster('west', [filter])])
      .view('west')
      .configuration.envoyFilters.get('shop') ?? []
  const [patch] = found?.patches ?? []
  if (patch === undefined) throw new Error('there is no patch')
  return couldTurn(patch, new Set(deciding))
}
const typed = (type: string, more: Manifest = {}, name = 'own-name'): Manifest => ({
  name,
  typed_config: { '@type': `type.googleapis.com/envoy.extensions.filters.http.${type}`, ...more },
})
const looksFor = (name: string, subFilter?: string): Manifest => ({
  listener: { filterChain: { filter: { name, ...(subFilter === undefined ? {} : { subFilter: { name: subFilter } }) } } },
})
const manager = looksFor('envoy.filters.network.http_connection_manager')

describe('a patch of an EnvoyFilter could turn a call', () => {
  it.each(['LISTENER', 'FILTER_CHAIN', 'LISTENER_FILTER', 'ROUTE_CONFIGURATION', 'VIRTUAL_HOST', 'HTTP_ROUTE'])(
    'if it removes or adds a %s, whatever that has (EXT-4)',
    (applyTo) => {
      expect([turns(applyTo, 'REMOVE'), turns(applyTo, 'ADD', { metadata: {} })]).toEqual([true, true])
    },
  )

  it.each<[string, string, boolean]>([
    ['ADD', 'CLUSTER', false],
    ['REMOVE', 'CLUSTER', true],
    ['MERGE', 'BOOTSTRAP', false],
    ['ADD', 'SOMETHING_NEW', true],
  ])('by %s of a %s: %s (EXT-4)', (operation, applyTo, expected) => {
    expect(turns(applyTo, operation, { name: 'x' })).toBe(expected)
  })

  it.each<[Manifest, boolean]>([
    [{ circuit_breakers: { thresholds: [] } }, false],
    [{ circuitBreakers: { thresholds: [] } }, false],
    [{ connect_timeout: '1s', upstream_connection_options: {} }, false],
    [{ metadata: {}, alt_stat_name: 'x' }, false],
    [{ type: 'STATIC' }, true],
    [{ load_assignment: {} }, true],
    [{ transport_socket: {} }, true],
    [{ transportSocketMatches: [] }, true],
    [{ lb_policy: 'RANDOM' }, true],
    [{ health_checks: [] }, true],
    [{ outlier_detection: {} }, true],
    [{ connect_timeout: '1s', outlier_detection: {} }, true],
    [{}, true],
  ])('by fields merged into a cluster: %j → %s (EXT-6)', (value, expected) => {
    expect(turns('CLUSTER', 'MERGE', value)).toBe(expected)
  })

  it.each([
    'rbac.v3.RBAC',
    'ext_authz.v3.ExtAuthz',
    'jwt_authn.v3.JwtAuthentication',
    'basic_auth.v3.BasicAuth',
    'ratelimit.v3.RateLimit',
    'local_ratelimit.v3.LocalRateLimit',
    'fault.v3.HTTPFault',
    'buffer.v3.Buffer',
    'health_check.v3.HealthCheck',
    'lua.v3.Lua',
    'wasm.v3.Wasm',
    'ext_proc.v3.ExternalProcessor',
    'oauth2.v3.OAuth2',
    'csrf.v3.CsrfPolicy',
    'admission_control.v3.AdmissionControl',
    'grpc_json_transcoder.v3.GrpcJsonTranscoder',
    'cache.v3.CacheConfig',
    'set_filter_state.v3.Config',
    'not_invented_yet.v9.Whatever',
  ])('by inserting %s, which may deny or answer (EXT-5)', (type) => {
    expect(turns('HTTP_FILTER', 'INSERT_BEFORE', typed(type))).toBe(true)
  })

  it.each([
    'tap.v3.Tap',
    'compressor.v3.Compressor',
    'decompressor.v3.Decompressor',
    'grpc_stats.v3.FilterConfig',
    'grpc_web.v3.GrpcWeb',
    'cors.v3.Cors',
  ])('not by inserting %s, which lets every call pass (EXT-5)', (type) => {
    expect(turns('HTTP_FILTER', 'INSERT_BEFORE', typed(type))).toBe(false)
  })

  it('by what a filter is, not by what somebody calls it (EXT-5)', () => {
    expect(turns('HTTP_FILTER', 'INSERT_BEFORE', typed('lua.v3.Lua', {}, 'envoy.filters.http.cors'))).toBe(true)
    expect(turns('HTTP_FILTER', 'INSERT_BEFORE', typed('cors.v3.Cors', {}, 'envoy.filters.http.lua'))).toBe(false)
    const struct = {
      '@type': 'type.googleapis.com/udpa.type.v1.TypedStruct',
      type_url: 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua',
    }
    expect(turns('HTTP_FILTER', 'INSERT_BEFORE', { name: 'envoy.filters.http.cors', typed_config: struct })).toBe(true)
  })

  it.each<[string, boolean]>([
    ['x-note', false],
    [':path', true],
    [':authority', true],
    ['Host', true],
  ])('by a mutation of the header %s, if that decides where requests go: %s (EXT-5)', (key, expected) => {
    const mutations = { mutations: { request_mutations: [{ append: { header: { key, value: 'x' } } }] } }
    expect(turns('HTTP_FILTER', 'INSERT_BEFORE', typed('header_mutation.v3.HeaderMutation', mutations))).toBe(expected)
  })

  it('by a mutation of a header, where a route or a policy looks at it (EXT-5)', () => {
    const mutation = typed('header_mutation.v3.HeaderMutation', {
      mutations: { request_mutations: [{ append: { header: { key: 'X-User', value: 'x' } } }] },
    })
    expect(turns('HTTP_FILTER', 'INSERT_BEFORE', mutation, {}, ['x-user'])).toBe(true)
    expect(turns('HTTP_FILTER', 'INSERT_BEFORE', mutation, {}, ['x-team'])).toBe(false)
  })

  it('by a configuration of a filter that is handed out apart, only where one is added (EXT-4)', () => {
    expect(turns('EXTENSION_CONFIG', 'ADD', typed('lua.v3.Lua'))).toBe(true)
    expect(turns('EXTENSION_CONFIG', 'MERGE', typed('lua.v3.Lua'))).toBe(false)
    expect(turns('EXTENSION_CONFIG', 'ADD', typed('tap.v3.Tap'))).toBe(false)
  })

  it.each<[string, boolean]>([
    ['envoy.filters.http.cors', false],
    ['istio.stats', false],
    ['envoy.filters.http.router', true],
    ['envoy.filters.http.rbac', true],
  ])('by removing %s: %s (EXT-4, EXT-5)', (name, expected) => {
    expect(turns('HTTP_FILTER', 'REMOVE', {}, looksFor('envoy.filters.network.http_connection_manager', name))).toBe(expected)
  })

  it('by removing one that it does not name (EXT-4)', () => {
    expect(turns('HTTP_FILTER', 'REMOVE')).toBe(true)
  })

  it.each<[Manifest, boolean]>([
    [{ access_log: [] }, false],
    [{ streamIdleTimeout: '5s', tracing: {} }, false],
    [{ http_filters: [] }, true],
    [{ route_config: {} }, true],
    [{ max_request_headers_kb: 1 }, true],
    [{ access_log: [], http_filters: [] }, true],
  ])('by fields merged into the manager of HTTP connections: %j → %s (EXT-5)', (fields, expected) => {
    const type = 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager'
    expect(turns('NETWORK_FILTER', 'MERGE', { typed_config: { '@type': type, ...fields } }, manager)).toBe(expected)
  })

  it.each<[string, Manifest, boolean]>([
    ['LISTENER', { access_log: [] }, false],
    ['LISTENER', { address: {} }, true],
    ['VIRTUAL_HOST', { response_headers_to_add: [] }, false],
    ['VIRTUAL_HOST', { request_headers_to_add: [] }, true],
    ['VIRTUAL_HOST', { domains: ['*'] }, true],
    ['HTTP_ROUTE', { responseHeadersToRemove: ['x'] }, false],
    ['HTTP_ROUTE', { route: { cluster: 'elsewhere' } }, true],
    ['FILTER_CHAIN', { metadata: {} }, true],
  ])('by fields merged into a %s: %j → %s (EXT-4)', (applyTo, value, expected) => {
    expect(turns(applyTo, 'MERGE', value)).toBe(expected)
  })
})
