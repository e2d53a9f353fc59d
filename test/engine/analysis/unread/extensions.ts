import { ask, cluster, deployment, istio, type Manifest, service, topology } from '../../combinations/asking.js'

export const ledger = [deployment('bank/ledger'), service('bank/ledger')]
export const call = (...extra: readonly Manifest[]) =>
  ask(topology([cluster('west', [deployment('shop/web'), ...ledger, ...extra])]), 'west/shop/web', 'ledger.bank')

export interface Patch {
  readonly applyTo?: string
  readonly context?: string
  readonly match?: Manifest
  readonly operation?: string
  readonly value?: Manifest
}
const lua = {
  name: 'envoy.filters.http.lua',
  typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua' },
}
export const patch = ({
  applyTo = 'HTTP_FILTER',
  context,
  match = {},
  operation = 'INSERT_BEFORE',
  value = lua,
}: Patch = {}): Manifest => ({
  applyTo,
  match: { ...(context === undefined ? {} : { context }), ...match },
  patch: { operation, value },
})
export const filter = (place: string, patches: readonly Manifest[] = [patch()], spec: Manifest = {}) =>
  istio('EnvoyFilter', place, { configPatches: patches, ...spec })
export const plugin = (place: string, spec: Manifest = {}, kind = 'WasmPlugin'): Manifest => {
  const [namespace, name] = place.split('/')
  const body = kind === 'WasmPlugin' ? { url: 'oci://registry/x', ...spec } : spec
  return { apiVersion: 'extensions.istio.io/v1alpha1', kind, metadata: { namespace, name }, spec: body }
}
export const unknown = 'UNDETERMINED NOT_FOLLOWED at AUTHORIZATION'
export const fine = 'REACHABLE DELIVERED'
