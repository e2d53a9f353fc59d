/**
 * Gateway and VirtualService objects that istiod makes out of other objects, for itself alone: nobody finds them in the cluster.
 *
 * They are named as istiod names them, and references to them lead to what they were made of.
 */
import type { DestinationRule } from '../../../resources/istio/destination-rule.js'
import type { Gateway } from '../../../resources/istio/gateway.js'
import type { HttpMatch, HttpRoute, StringMatch, VirtualService } from '../../../resources/istio/virtual-service.js'
import type { Meta } from '../../../resources/meta.js'
import type { IstioConfiguration } from '../istio-objects.js'
import { groupBy } from '../../../group-by.js'

export interface Derived {
  readonly gateways: readonly Gateway[]
  readonly virtualServices: readonly VirtualService[]
  readonly destinationRules: readonly DestinationRule[]
}

const noLabels: Meta['labels'] = {}

/** `path`: the part of it that the object is made of. */
export const derivedMeta = (of: Meta, namespace: string, name: string, path?: string): Meta => ({
  kind: of.kind,
  namespace,
  name,
  labels: noLabels,
  annotations: noLabels,
  createdAt: of.createdAt,
  index: of.index,
  origin: { kind: of.kind, namespace: of.namespace, name: of.name, ...(path === undefined ? {} : { path }) },
})

const put = <T extends { readonly meta: Meta }>(map: ReadonlyMap<string, readonly T[]>, added: readonly T[]): typeof map => {
  if (added.length === 0) return map
  const all = new Map(map)
  for (const [namespace, items] of groupBy(added, ({ meta }) => meta.namespace))
    all.set(namespace, [...(all.get(namespace) ?? []), ...items])
  return all
}

/** The same lists where nothing is derived, as it mostly is. */
export const withDerived = (configuration: IstioConfiguration, derived: Derived): IstioConfiguration => ({
  ...configuration,
  gateways: put(configuration.gateways, derived.gateways),
  virtualServices: put(configuration.virtualServices, derived.virtualServices),
  destinationRules: put(configuration.destinationRules, derived.destinationRules),
})

export const noMatches: Readonly<Record<string, StringMatch>> = {}
const noGateways: HttpMatch['gateways'] = []

/** What every match has, in one place: thousands of them are made. */
export const plainMatch: HttpMatch = {
  ignoreUriCase: false,
  headers: noMatches,
  withoutHeaders: noMatches,
  queryParams: noMatches,
  sourceLabels: noLabels,
  gateways: noGateways,
}

export const derivedMatch = (uri: StringMatch | undefined): HttpMatch => (uri === undefined ? plainMatch : { ...plainMatch, uri })

export const derivedRoute = (match: HttpMatch | undefined, route: HttpRoute['route'], more: Partial<HttpRoute> = {}): HttpRoute => ({
  name: '',
  match: match === undefined ? [] : [match],
  route,
  abortPercent: 0,
  mirrors: [],
  ...more,
})

/** A prefix of whole path elements, as both APIs mean it. */
export function elementsPrefix(path: string): StringMatch {
  const prefix = path.endsWith('/') ? path.slice(0, -1) : path
  return prefix === '' ? { prefix: '/' } : { prefix, wholeElements: true }
}

export const derivedVirtualService = (meta: Meta, host: string, gateway: string, http: readonly HttpRoute[]): VirtualService => ({
  meta,
  hosts: [host.toLowerCase()],
  gateways: [gateway],
  exportTo: [],
  http,
  tls: [],
  tcp: [],
})
