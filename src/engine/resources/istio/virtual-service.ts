import type { Labels, Meta } from '../meta.js'

/** Prefix, exact or regular-expression match of Istio. */
export type StringMatch =
  | { readonly exact: string }
  | { readonly prefix: string }
  | { readonly regex: string }
  /** `{}`: the attribute is present. */
  | { readonly present: true }

export interface RouteDestination {
  readonly host: string
  readonly subset: string
  readonly port?: number
  /** As written; absent counts as given by ROUTE-4. */
  readonly weight?: number
}

export interface HttpMatch {
  readonly uri?: StringMatch
  readonly ignoreUriCase: boolean
  readonly scheme?: StringMatch
  readonly method?: StringMatch
  readonly authority?: StringMatch
  readonly headers: Readonly<Record<string, StringMatch>>
  readonly withoutHeaders: Readonly<Record<string, StringMatch>>
  readonly queryParams: Readonly<Record<string, StringMatch>>
  readonly port?: number
  readonly sourceLabels: Labels
  readonly sourceNamespace?: string
  readonly gateways: readonly string[]
}

export interface HttpRoute {
  readonly name: string
  readonly match: readonly HttpMatch[]
  readonly route: readonly RouteDestination[]
  readonly delegate?: { readonly name: string; readonly namespace?: string }
  readonly redirect?: { readonly authority?: string; readonly uri?: string }
  readonly directResponse?: { readonly status: number }
  /** Percentage of requests aborted, 0 when there is no abort. */
  readonly abortPercent: number
  readonly rewriteAuthority?: string
  readonly mirrors: readonly RouteDestination[]
}

/** Match block of a tls or tcp route (ROUTE-9). */
export interface L4Match {
  readonly sniHosts: readonly string[]
  readonly destinationSubnets: readonly string[]
  readonly port?: number
  readonly sourceLabels: Labels
  readonly sourceNamespace?: string
  readonly gateways: readonly string[]
}

export interface L4Route {
  readonly match: readonly L4Match[]
  readonly route: readonly RouteDestination[]
}

export interface VirtualService {
  readonly meta: Meta
  readonly hosts: readonly string[]
  /** As written; empty means `mesh`. */
  readonly gateways: readonly string[]
  readonly exportTo: readonly string[]
  readonly http: readonly HttpRoute[]
  readonly tls: readonly L4Route[]
  readonly tcp: readonly L4Route[]
}
