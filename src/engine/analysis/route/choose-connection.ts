import { ofRemovedValue } from '../../manifests/secrets/removed-value.js'
import { pause, pausing } from '../../pause.js'
import type { L4Match, L4Route, VirtualService } from '../../resources/istio/virtual-service.js'
import { covers } from '../../snapshot/covers.js'
import { partOf } from '../../istiod/virtual-services/place-routes.js'
import { concernsConnection, isOfMesh, removedLabels, type RoutingProxy } from './concerns-proxy.js'
import type { Alternative, RoutingContext } from './find-target.js'
import { type RouteTarget, routeTarget } from '../call/stage-values.js'
import { weightTargets } from './weight-targets.js'

export interface ConnectionChoice {
  readonly alternative: Alternative
  readonly virtualService: VirtualService
}

/** What a connection shows before any byte of HTTP: the name in its SNI, or only where it goes. */
export interface Connection {
  readonly kind: 'tls' | 'tcp'
  readonly sni: string
  /** What is in it, wherever it is led. */
  readonly carries: RouteTarget['carries']
}

/**
 * Is any tls route of the candidates for the proxy and its port, whatever server names it takes? A listener that has one has no chain to the service
 * itself (GWAPI-66).
 */
export const routesServerNames = (candidates: readonly VirtualService[], proxy: RoutingProxy): boolean =>
  candidates.some(({ tls, meta }) =>
    tls.some(({ match, route }) => route.length > 0 && match.some((block) => concernsConnection(block, meta.namespace, proxy))),
  )

/**
 * The tls or tcp route that takes the connection; undefined: none does, and the default applies (a gateway closes it).
 *
 * Each tls route is a filter chain of its server names, and Envoy picks the chain of the most specific name, wherever it stands; of equal ones, and of
 * tcp routes, the first counts. Rules ROUTE-2, ROUTE-4, ROUTE-5, ROUTE-9.
 */
export function chooseConnection(
  candidates: readonly VirtualService[],
  proxy: RoutingProxy,
  context: RoutingContext,
  connection: Connection,
): ConnectionChoice | undefined {
  const ofMesh = isOfMesh(proxy)
  // Of a gateway's filter chains the first that has a server name has it alone, and a later one with it is left out whole (GWAPI-55).
  const taken = connection.kind === 'tls' && !ofMesh ? new Set<string>() : undefined
  let best: Ranked | undefined
  for (const virtualService of candidates) {
    pause()
    for (const one of takingRoutes(virtualService, proxy, connection, taken)) {
      if (best === undefined || one.rank > best.rank) best = one
      if (connection.kind === 'tcp' || best.rank === exactly) return chosen(context, best, connection)
    }
  }
  return best && chosen(context, best, connection)
}

/** The routes of one VirtualService that take the connection, in order. */
function* takingRoutes(
  virtualService: VirtualService,
  proxy: RoutingProxy,
  connection: Connection,
  taken: Set<string> | undefined,
): Generator<Ranked> {
  const { namespace } = virtualService.meta
  const routes: readonly L4Route[] = virtualService[connection.kind]
  for (const [index, route] of routes.entries()) {
    pause()
    const open = taken === undefined ? route : withoutTaken(route, namespace, proxy, taken)
    if (open === undefined || !takes(open, namespace, proxy, connection)) continue
    const taking = open.match.filter((match) => takesBlock(match, namespace, proxy, connection))
    yield { virtualService, route, path: `spec.${connection.kind}[${index}]`, taking, rank: rankOf(taking, connection) }
  }
}

/** More specific than any pattern. */
const exactly = Number.POSITIVE_INFINITY

/** How specific is the server name by which the blocks take the connection? 0: any. */
function rankOf(taking: readonly L4Match[], { sni }: Connection): number {
  let rank = 0
  for (const { sniHosts } of taking) {
    for (const written of pausing(sniHosts)) {
      const name = written.toLowerCase()
      if (covers(name, sni)) rank = Math.max(rank, name === sni ? exactly : name.length - 1)
    }
  }
  return rank
}

const chosen = (context: RoutingContext, taking: Ranked, { carries }: Connection): ConnectionChoice => ({
  virtualService: taking.virtualService,
  alternative: carrying(followed(context, taking.virtualService, taking), carries),
})

/** Led as a connection in which that comes. */
export const carrying = (alternative: Alternative, carries: RouteTarget['carries']): Alternative => ({
  ...alternative,
  targets: alternative.targets.map((target) => routeTarget({ ...target, carries })),
})

/** A route that takes the connection, with the blocks by which it does; none: it takes all. */
interface Taking {
  readonly route: L4Route
  readonly path: string
  readonly taking: readonly L4Match[]
}

interface Ranked extends Taking {
  readonly virtualService: VirtualService
  readonly rank: number
}

export function followed(context: RoutingContext, { meta }: VirtualService, { route, path, taking }: Taking): Alternative {
  const refTo = (part: string) => context.scope.view.ref(route.origin?.owner ?? meta, partOf(route, path, part))
  const label = unknownSource(taking)
  if (label === undefined) return { when: undefined, ...weightTargets(context, route.route, meta.namespace, (at) => refTo(`route[${at}]`)) }
  const message = `whether the route is for the caller is not known, as it asks for label \`${label}\` ${ofRemovedValue}`
  return { when: undefined, targets: [], ends: { reason: 'INPUT_MISSING', message, because: [refTo('match')], delivered: false } }
}

/** The route with the blocks none of whose server names is taken, which take theirs; undefined: no block is left of it, and it makes no chain. */
function withoutTaken(route: L4Route, owner: string, proxy: RoutingProxy, taken: Set<string>): L4Route | undefined {
  const match = route.match.filter((block) => {
    if (!concernsConnection(block, owner, proxy)) return false
    if (block.sniHosts.some((name) => taken.has(name))) return false
    for (const name of block.sniHosts) taken.add(name)
    return true
  })
  return match.length === 0 && route.match.length > 0 ? undefined : { ...route, match }
}

/** A tls route makes a chain of each of its blocks, and none without any. */
const takes = (route: L4Route, owner: string, proxy: RoutingProxy, connection: Connection): boolean =>
  (route.match.length === 0 && connection.kind === 'tcp') || route.match.some((match) => takesBlock(match, owner, proxy, connection))

const takesBlock = (match: L4Match, owner: string, proxy: RoutingProxy, connection: Connection): boolean =>
  concernsConnection(match, owner, proxy) && fits(match, connection)

/** A label of the caller that each of the blocks asks for with a value that was taken out as a secret. */
function unknownSource(taking: readonly L4Match[]): string | undefined {
  const [first, ...others] = taking.map(removedLabels)
  return first !== undefined && others.every((labels) => labels.length > 0) ? first[0] : undefined
}

const fits = (match: L4Match, { kind, sni }: Connection): boolean =>
  kind === 'tcp' || match.sniHosts.length === 0 || match.sniHosts.some((host) => covers(host.toLowerCase(), sni))
