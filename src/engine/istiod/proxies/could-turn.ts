import type { FilterPatch } from '../../resources/istio/envoy-filter.js'

/**
 * Could a patch stop or divert a call? By what it is applied to, what it does, and the fields or the filter that it brings.
 *
 * What is not listed could: nobody here follows what a patch does. `deciding`: headers, in lower case, by which routes lead and policies judge. Rules
 * EXT-4, EXT-5, EXT-6.
 */
export function couldTurn(patch: FilterPatch, deciding: ReadonlySet<string>): boolean {
  const { applyTo, operation } = patch
  if (withoutEffect.has(applyTo)) return false
  if (applyTo === 'CLUSTER' && operation === 'ADD') return false
  if (applyTo === 'EXTENSION_CONFIG' && operation !== 'ADD') return false
  if (filters.has(applyTo)) return !isHarmlessFilter(patch, deciding)
  if (operation !== 'MERGE') return true
  const safe = safeFields[applyTo]
  return safe === undefined || patch.fields.length === 0 || !patch.fields.every((field) => safe.has(field))
}

/** istiod does not apply these. */
const withoutEffect: ReadonlySet<string> = new Set(['', 'INVALID', 'BOOTSTRAP'])

const filters: ReadonlySet<string> = new Set(['NETWORK_FILTER', 'HTTP_FILTER', 'EXTENSION_CONFIG'])

const headersOfAnswers = ['response_headers_to_add', 'response_headers_to_remove']

/** Fields that a MERGE may set without a call being stopped or led elsewhere by it: limits, telemetry, what goes back. */
const safeFields: Readonly<Record<string, ReadonlySet<string>>> = {
  CLUSTER: new Set([
    'circuit_breakers',
    'upstream_connection_options',
    'connect_timeout',
    'common_http_protocol_options',
    'alt_stat_name',
    'track_cluster_stats',
    'metadata',
    'per_connection_buffer_limit_bytes',
  ]),
  LISTENER: new Set([
    'access_log',
    'stat_prefix',
    'per_connection_buffer_limit_bytes',
    'connection_balance_config',
    'enable_reuse_port',
    'tcp_backlog_size',
    'metadata',
  ]),
  ROUTE_CONFIGURATION: new Set(headersOfAnswers),
  VIRTUAL_HOST: new Set([...headersOfAnswers, 'include_request_attempt_count', 'include_attempt_count_in_response']),
  HTTP_ROUTE: new Set([...headersOfAnswers, 'metadata', 'decorator', 'tracing', 'stat_prefix']),
}

/** Of the HTTP connection manager, and of a TCP proxy. */
const safeOfManagers: ReadonlySet<string> = new Set([
  'access_log',
  'access_log_options',
  'tracing',
  'stat_prefix',
  'server_name',
  'server_header_transformation',
  'generate_request_id',
  'preserve_external_request_id',
  'always_set_request_id_in_response',
  'common_http_protocol_options',
  'stream_idle_timeout',
  'idle_timeout',
  'delayed_close_timeout',
  'drain_timeout',
])
const managers = /(^|[./])(http_connection_manager|HttpConnectionManager|tcp_proxy|TcpProxy)$/

/** Filters that look at calls and let all of them pass, by the last words of their names or types. */
const harmless =
  /(^|[._])(access_loggers?|file_access_log|tap|stats|compressor|decompressor|gzip|grpc_stats|grpc_web|peer_metadata|metadata_exchange|header_to_metadata|header_mutation|cors)$/

/** A name or typed URL as the filter that it means: `…filters.http.lua.v3.Lua` and `envoy.filters.http.lua` are `envoy.filters.http.lua`. */
const plain = (text: string): string =>
  text
    .replace(/^type\.googleapis\.com\//, '')
    .replace(/\.v\d+(alpha\d*|beta\d*)?\.\w+$/, '')
    .replace(/\.PluginConfig$/, '')

const isHarmlessName = (text: string): boolean => text !== '' && harmless.test(plain(text))

/** Pseudo headers decide where a request goes. */
const movesRequests = /^(:path|:authority|:method|host)$/i

/** Istio's own telemetry was once brought by such patches, as code within Envoy. */
const istiosOwn = /^envoy\.wasm\.(stats|metadata_exchange|access_log_policy|stackdriver)/

function isHarmlessFilter(patch: FilterPatch, deciding: ReadonlySet<string>): boolean {
  const { operation, type, words, match } = patch
  if (operation === 'REMOVE' || operation === 'REPLACE') return isHarmlessName(match.filter ?? '') && (type === '' || isHarmlessName(type))
  if (words.some((word) => istiosOwn.test(word))) return true
  if (isManager(patch)) return isHarmlessManager(patch)
  return isHarmlessName(filterIn(patch)) && !words.some((word) => movesRequests.test(word) || deciding.has(word.toLowerCase()))
}

const filterIn = ({ type, name, match }: FilterPatch): string => [type, name, match.filter ?? ''].find((text) => text !== '') ?? ''

const isManager = (patch: FilterPatch): boolean => patch.applyTo === 'NETWORK_FILTER' && managers.test(filterIn(patch))

const isHarmlessManager = ({ operation, fields }: FilterPatch): boolean =>
  operation === 'MERGE' && fields.length > 0 && fields.every((field) => safeOfManagers.has(field))
