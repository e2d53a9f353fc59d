import type { Meta } from '../meta.js'
import { type Raw, type Reading, readList, readObject, readTexts } from '../reading.js'
import { readBackends, type RouteBackend } from './route-backend.js'
import { readRouteFilters, type RouteFilter } from './route-filter.js'
import { readMatches, type RouteMatch } from './route-match.js'
import { readRouteParents, type RouteParent } from './route-parent.js'

export interface RouteRule {
  /** None: it takes everything. */
  readonly matches: readonly RouteMatch[]
  readonly filters: readonly RouteFilter[]
  readonly backends: readonly RouteBackend[]
}

/** HTTPRoute, GRPCRoute, TCPRoute or TLSRoute of `gateway.networking.k8s.io`: its kind stands in `meta`. */
export interface GatewayRoute {
  readonly meta: Meta
  readonly parents: readonly RouteParent[]
  /** In lower case; those of a TLSRoute are server names. */
  readonly hostnames: readonly string[]
  readonly rules: readonly RouteRule[]
}

const readRule =
  ({ kind, namespace }: Meta) =>
  (reading: Reading, item: Raw, at: string): RouteRule => ({
    matches: readMatches(reading, item, at, kind),
    filters: readRouteFilters(reading, item, at, namespace),
    backends: readBackends(reading, item, at, namespace),
  })

/** What an API server writes where an HTTPRoute has no rules: one that takes every request and leads nowhere (GWAPI-37, GWAPI-48). */
const defaultRules: Raw = { rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }] }

/** A route of any kind. Rules GW-10, ROUTE-27, GWAPI-2. */
export const readGatewayRoute = (reading: Reading, raw: Raw, meta: Meta): GatewayRoute => {
  const stated = readObject(reading, raw, 'spec', '')
  const spec = meta.kind === 'HTTPRoute' && stated['rules'] === undefined ? { ...stated, ...defaultRules } : stated
  return {
    meta,
    parents: readRouteParents(reading, spec, meta.namespace),
    hostnames: readTexts(reading, spec, 'hostnames', 'spec').map((host) => host.toLowerCase()),
    rules: readList(reading, spec, 'rules', 'spec', readRule(meta)),
  }
}
