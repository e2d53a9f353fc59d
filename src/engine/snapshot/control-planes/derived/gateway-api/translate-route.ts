/**
 * What istiod makes of a route for each listener and each host: parts of VirtualServices, which those of other routes may join.
 *
 * For gateways by listener and hostname, for the mesh by the route's namespace, the port that the parent names, and the service's host.
 * Rules GWAPI-32, GWAPI-33, GWAPI-39, GWAPI-46, GWAPI-57, GWAPI-66.
 */
import { addAll } from '../../../../add-all.js'
import { pausing } from '../../../../pause.js'
import type { HttpRoute, L4Route, VirtualService } from '../../../../resources/istio/virtual-service.js'
import type { GatewayRoute } from '../../../../resources/kubernetes/gateway-route.js'
import { type RouteParent, serviceKind } from '../../../../resources/kubernetes/route-parent.js'
import { cutsServerNames, mergesRouteKinds } from '../../../releases.js'
import { plainMatch } from '../derived.js'
import type { ApiObjects } from './api-objects.js'
import type { ApiParent } from './api-parents.js'
import type { Attached } from './attach-route.js'
import { common, isServedAt, isUnder, meet } from './is-served-at.js'
import { connectionMatch, translateConnections } from './translate-connections.js'
import { type HardError, isHardError } from './destination-of.js'
import { connectionsWhereTaken, requestsWhereTaken } from './where-taken.js'
import { translateRequests } from './translate-requests.js'

/** What a route adds to a VirtualService: those with one key are merged, if they hold requests. */
export interface RoutePart {
  readonly key: string
  readonly route: GatewayRoute
  readonly host: string
  /** `mesh`, or the name of what istiod made of the listener. */
  readonly gateway: string
  readonly http: readonly HttpRoute[]
  readonly tls: readonly L4Route[]
  readonly tcp: readonly L4Route[]
}

export interface TranslatedRoute {
  readonly parts: readonly RoutePart[]
  /** Why none of its rules is anywhere, for gateways and for the mesh. */
  readonly errors: readonly string[]
}

type Routes = Pick<VirtualService, 'http' | 'tls' | 'tcp'>
type Place = Pick<RoutePart, 'key' | 'host' | 'gateway'>

const none: Routes = { http: [], tls: [], tcp: [] }

export function translateRoute(
  objects: ApiObjects,
  route: GatewayRoute,
  attached: readonly Attached[],
  others: OtherHosts,
): TranslatedRoute {
  const accepted = attached.filter(({ denied }) => denied === undefined)
  const listeners = accepted.flatMap(({ to }) => (to === 'MESH' ? [] : to)).filter(({ gateway }) => gateway !== undefined)
  const inMesh = accepted.filter(({ to }) => to === 'MESH').map(({ parent }) => parent)
  const made = [
    ...(listeners.length > 0 ? [atGateways(objects, route, [...new Set(listeners)], others)] : []),
    ...(inMesh.length > 0 ? [inTheMesh(objects, route, inMesh)] : []),
  ]
  return {
    parts: made.flatMap((one) => (isHardError(one) ? [] : one)),
    errors: [...new Set(made.flatMap((one) => (isHardError(one) ? [one.error] : [])))],
  }
}

/** Hostnames of the other listeners of its carrier that have its port and protocol. */
export type OtherHosts = (listener: ApiParent) => readonly string[]

const isOfRequests = ({ meta }: GatewayRoute): boolean => meta.kind === 'HTTPRoute' || meta.kind === 'GRPCRoute'

function atGateways(objects: ApiObjects, route: GatewayRoute, listeners: readonly ApiParent[], others: OtherHosts) {
  const translating = { objects, route, forMesh: false }
  if (!isOfRequests(route)) return connectionsAt(objects, route, listeners)
  const http = translateRequests(translating)
  if (isHardError(http)) return http
  const kind = mergesRouteKinds(objects.controlPlane) ? '' : `${route.meta.kind} `
  return listeners.flatMap((listener) => {
    const { internalName: gateway, hostname } = listener
    const routes = { ...none, http: requestsWhereTaken(listener, route, http) }
    return hostsAt(route, hostname)
      .filter((host) => isServedAt(host, hostname, others(listener)))
      .flatMap((host) => partsOf(route, { key: `${kind}${gateway}/${host}`, host, gateway }, routes))
  })
}

/**
 * The route's own names, as far as they meet the listener's; what both have in common is served there, but rules are put into one order only under one
 * name that routes write. Rules GWAPI-33, GWAPI-39.
 */
const hostsAt = ({ hostnames }: GatewayRoute, listener: string): readonly string[] =>
  hostnames.length === 0 ? ['*'] : [...new Set(hostnames.filter((host) => meet(host, listener)))]

/** TLS that the gateway ends leaves plain TCP, which names no host. */
function connectionsAt(objects: ApiObjects, route: GatewayRoute, listeners: readonly ApiParent[]): readonly RoutePart[] | HardError {
  const parts: RoutePart[] = []
  for (const listener of listeners) {
    const { internalName: gateway, hostname } = listener
    const passesOn = route.meta.kind === 'TLSRoute' && listener.listener.tls?.mode === 'Passthrough'
    const names = route.hostnames.length === 0 ? ['*'] : route.hostnames
    const hosts = common(names, hostname)
    const sniHosts = cutsServerNames(objects.controlPlane) ? hosts : names
    const made = translateConnections({ objects, route, forMesh: false }, passesOn ? [connectionMatch({ sniHosts })] : [])
    if (isHardError(made)) return made
    const routes = connectionsWhereTaken(listener, route, made)
    for (const host of passesOn ? new Set(hosts) : ['*'])
      addAll(parts, partsOf(route, { key: '', host, gateway }, { ...none, ...(passesOn ? { tls: routes } : { tcp: routes }) }))
  }
  return parts
}

const partsOf = (route: GatewayRoute, place: Place, routes: Routes): readonly RoutePart[] =>
  routes.http.length + routes.tls.length + routes.tcp.length === 0 ? [] : [{ ...place, route, ...routes }]

function inTheMesh(objects: ApiObjects, route: GatewayRoute, parents: readonly RouteParent[]): readonly RoutePart[] | HardError {
  const http = isOfRequests(route) ? translateRequests({ objects, route, forMesh: true }) : undefined
  if (http !== undefined && isHardError(http)) return http
  const kind = mergesRouteKinds(objects.controlPlane) ? '' : `${route.meta.kind} `
  const parts: RoutePart[] = []
  for (const parent of pausing(parents)) {
    const { port } = parent
    const hosts = hostsOf(objects, parent)
    for (const host of hosts) {
      const key = `${kind}${route.meta.namespace}${port === 0 ? '' : `/${port}`}/${host}`
      const routes = http === undefined ? connectionsTo(objects, route, { host, hosts, port }) : { ...none, http: atPort(http, port) }
      if (isHardError(routes)) return routes
      addAll(parts, partsOf(route, { key, host, gateway: 'mesh' }, routes))
    }
  }
  return parts
}

/** `hosts`: all of the parent's, which are the server names of a TLSRoute that has none. */
function connectionsTo(
  objects: ApiObjects,
  route: GatewayRoute,
  { host, hosts, port }: { readonly host: string; readonly hosts: readonly string[]; readonly port: number },
): Routes | HardError {
  const byName = route.meta.kind === 'TLSRoute'
  const match = connectionMatch({ port, ...(byName ? { sniHosts: serverNames(route, hosts, host) } : {}) })
  const routes = translateConnections({ objects, route, forMesh: true }, byName || port !== 0 ? [match] : [])
  if (isHardError(routes)) return routes
  return byName ? { ...none, tls: routes } : { ...none, tcp: routes }
}

const atPort = (routes: readonly HttpRoute[], port: number): readonly HttpRoute[] =>
  port === 0
    ? routes
    : routes.map((route) => ({
        ...route,
        match: route.match.length === 0 ? [{ ...plainMatch, port }] : route.match.map((one) => ({ ...one, port })),
      }))

function hostsOf({ cluster, serviceEntry }: ApiObjects, { kind, namespace, name }: RouteParent): readonly string[] {
  if (kind === serviceKind) return [`${name}.${namespace}.svc.${cluster.clusterDomain}`]
  return serviceEntry(namespace, name)?.hosts ?? []
}

/** Of several names only those are left that the parent's host has; none then is no limit. */
function serverNames({ hostnames }: GatewayRoute, parentHosts: readonly string[], host: string): readonly string[] {
  const names = hostnames.length === 0 ? parentHosts : hostnames
  return names.length > 1 ? names.filter((name) => isUnder(host, name) || isUnder(name, host)) : names
}
