/**
 * Gateway and VirtualService objects that istiod makes out of other objects, for itself alone: nobody finds them in the cluster.
 *
 * They are named as istiod names them, and references to them lead to what they were made of.
 */
import type { Gateway } from '../../../resources/istio/gateway.js'
import type { HttpMatch, HttpRoute, StringMatch, VirtualService } from '../../../resources/istio/virtual-service.js'
import type { Meta } from '../../../resources/meta.js'
import type { IstioConfiguration } from '../istio-objects.js'

export interface Derived {
  readonly gateways: readonly Gateway[]
  readonly virtualServices: readonly VirtualService[]
}

export const derivedMeta = (of: Meta, namespace: string, name: string): Meta => ({
  ...of,
  namespace,
  name,
  labels: {},
  annotations: {},
  origin: { kind: of.kind, namespace: of.namespace, name: of.name },
})

const put = <T extends { readonly meta: Meta }>(map: ReadonlyMap<string, readonly T[]>, added: readonly T[]) => {
  const all = new Map(map)
  for (const item of added) all.set(item.meta.namespace, [...(all.get(item.meta.namespace) ?? []), item])
  return all
}

/** The same configuration where nothing is derived, as it mostly is. */
export const withDerived = (configuration: IstioConfiguration, { gateways, virtualServices }: Derived): IstioConfiguration =>
  gateways.length === 0
    ? configuration
    : {
        ...configuration,
        gateways: put(configuration.gateways, gateways),
        virtualServices: put(configuration.virtualServices, virtualServices),
      }

const noMatches: Readonly<Record<string, StringMatch>> = {}

export const derivedMatch = (uri: StringMatch | undefined, more: Partial<HttpMatch> = {}): HttpMatch => ({
  ...(uri === undefined ? {} : { uri }),
  ignoreUriCase: false,
  headers: noMatches,
  withoutHeaders: noMatches,
  queryParams: noMatches,
  sourceLabels: {},
  gateways: [],
  ...more,
})

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
  const prefix = path.replace(/\/$/u, '')
  return prefix === '' ? { prefix: '/' } : { regex: `${prefix.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')}(/.*)?` }
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
