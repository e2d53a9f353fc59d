import { flatMap } from '../../flat-map.js'
import { pause, pausing } from '../../pause.js'
import { titleOf } from '../../snapshot/references.js'
import type { ReasonCode } from '../../model/reasons.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { HttpMatch, VirtualService } from '../../resources/istio/virtual-service.js'
import type { CallAttributes, ResolvedCall } from '../call/call.js'
import type { Meta } from '../../resources/meta.js'
import { partOf, type PlacedRoute } from '../../istiod/virtual-services/place-routes.js'
import { byPrecedence } from '../../snapshot/control-planes/derived/gateway-api/translate-match.js'
import { droppedRoutes } from './told/dropped-routes.js'
import { changeRequest } from './change-request.js'
import { type BlockMatch, judgeBlock } from './judge-block.js'
import { forProxy, type RoutingProxy, unknownSources } from './concerns-proxy.js'
import type { Alternative, End, RoutingContext } from './find-target.js'
import { virtualServicesOf } from '../../istiod/virtual-services/virtual-service-index.js'
import { weightTargets } from './weight-targets.js'

/** What a VirtualService makes of the request: alternatives by what the question leaves open, and the attributes they hang on. */
export interface HttpChoice {
  readonly alternatives: readonly Alternative[]
  readonly on: readonly string[]
  /** Whose routes decide, as their users know them. */
  readonly by: readonly Author[]
  /** Routes of the Gateway API that are for the call too and do not decide; absent: none. */
  readonly losers?: Losers
}

/** What is for the call as well, and does not count. */
export interface Losers {
  /** In whose place another one of the same host stands whole (GWAPI-60). */
  readonly hidden: readonly Author[]
  /** Behind the one that matches first, and matching too (GWAPI-38, GWAPI-39). */
  readonly behind: readonly Later[]
}

/** A route that matches less closely, or as closely and is younger. */
interface Later extends Author {
  readonly why: 'LESS_CLOSE' | 'YOUNGER'
}

/** A VirtualService, or one of the routes that it was made of. */
export interface Author {
  readonly meta: Meta
}

/**
 * The http routes of the first group of VirtualServices that has any for this proxy and port; undefined when none has, so
 * that the default route applies.
 *
 * A sidecar's groups are single VirtualServices, as the first one wins entirely; a gateway appends those of one host, each with the routes that are for
 * the Gateways by which it came. The first matching route wins; a request that matches none gets 404. Rules ROUTE-2 … ROUTE-8, VIS-28.
 */
export function chooseHttp(
  groups: readonly (readonly VirtualService[])[],
  proxy: RoutingProxy | ((item: VirtualService) => RoutingProxy),
  context: RoutingContext,
  call: ResolvedCall,
): HttpChoice | undefined {
  const proxyFor = typeof proxy === 'function' ? proxy : () => proxy
  const index = virtualServicesOf(context.scope.view)
  const routesOf = (by: readonly VirtualService[]) =>
    inOrder(by.map((item) => flatMap(index.routesOf(item), (placed) => forProxy(placed, proxyFor(item)))))
  for (const [position, by] of groups.entries()) {
    const routes = routesOf(by)
    if (routes.length === 0) continue
    const chosen = follow(routes, context, call, by)
    const hidden = groups.slice(position + 1).filter((others) => mayTell(by, others) && routesOf(others).length > 0)
    return hidden.length === 0
      ? chosen
      : { ...chosen, losers: { behind: [], ...chosen.losers, hidden: flatMap(hidden, (others) => authorsOf(others, routesOf(others))) } }
  }
  return undefined
}

/** Of each VirtualService no route behind one that takes everything is kept, and such routes come behind all others (SortVHostRoutes). */
function inOrder(lists: readonly (readonly PlacedRoute[])[]): readonly PlacedRoute[] {
  // Alone, it is over where one takes everything.
  const [only, another] = lists
  if (only === undefined || another === undefined) return only ?? []
  const [some, all]: [PlacedRoute[], PlacedRoute[]] = [[], []]
  for (const list of lists) {
    for (const placed of list) {
      const { match } = placed.route
      const last = match.length === 0 ? 0 : match.findIndex(takesAll)
      const before = last < 0 ? match : match.slice(0, last)
      if (before.length > 0) some.push(last < 0 ? placed : { ...placed, route: { ...placed.route, match: before } })
      if (last < 0) continue
      all.push({ ...placed, route: { ...placed.route, match: match.slice(last, last + 1) } })
      break
    }
  }
  return [...some, ...all]
}

const isEmpty = (matches: object): boolean => Object.keys(matches).length === 0

/** Is it Envoy's match of every path, and of nothing else (IsCatchAllRoute)? */
function takesAll(match: HttpMatch): boolean {
  if (unknownSources(match).length > 0) return false
  const { uri, scheme, method, authority, headers, withoutHeaders, queryParams } = match
  const anyPath = uri === undefined || ('prefix' in uri && uri.prefix === '/') || ('regex' in uri && uri.regex === '.*')
  return anyPath && [scheme, method, authority].every((one) => one === undefined) && [headers, withoutHeaders, queryParams].every(isEmpty)
}

/** Who loses is told where the Gateway API has a part: its routes of one host are several teams' by design. */
const mayTell = (...lists: readonly (readonly VirtualService[])[]): boolean =>
  lists.some((list) => list.some(({ ofGatewayApi }) => ofGatewayApi === true))

function follow(routes: readonly PlacedRoute[], context: RoutingContext, call: ResolvedCall, by: readonly VirtualService[]): HttpChoice {
  const alternatives: Alternative[] = []
  const followed: PlacedRoute[] = []
  const on = new Set<string>()
  for (const placed of routes) {
    pause()
    const blocks = Array.from(pausing(placed.route.match), (block) => judgeBlock(block, call))
    const certain = blocks.length === 0 || blocks.some((block) => block.truth === 'YES')
    const open = flatMap(blocks, (block) => (block.truth === 'UNKNOWN' ? block : []))
    if (!certain && open.length === 0) continue
    const when = certain ? otherwise(alternatives) : flatMap(open, (block) => block.when).join(', or ')
    if (!certain) for (const block of pausing(open)) for (const name of block.on) on.add(name)
    followed.push(placed)
    alternatives.push({ when, ...outcomeOf(placed, context, call.attributes, blocksThrough(placed, blocks)) })
    if (certain)
      return { alternatives, on: [...on], by: authorsOf(by, followed), losers: { hidden: [], behind: behind(placed, routes, call) } }
  }
  alternatives.push({ when: otherwise(alternatives), targets: [], ends: noneMatches(routes, context, call, by) })
  return { alternatives, on: [...on], by: authorsOf(by, followed.length > 0 ? followed : routes) }
}

function noneMatches(routes: readonly PlacedRoute[], { scope }: RoutingContext, call: ResolvedCall, by: readonly VirtualService[]): End {
  const authors = authorsOf(by, routes)
  const because = authors.map(({ meta }) => scope.view.ref(meta, by.some((item) => item.meta === meta) ? 'spec.http' : 'spec.rules'))
  const dropped = droppedRoutes(scope.view, by)
  const besides = dropped === undefined ? wantedByOnly(routes, call) : `; ${dropped.message}`
  const message = `no http route of ${nameAll(authors)} matches the request, which gets 404${besides}`
  return { reason: 'NO_ROUTE', message, because: [...because, ...(dropped?.because ?? [])], delivered: false }
}

/** What the only block of the only route asks for. */
function wantedByOnly(routes: readonly PlacedRoute[], call: ResolvedCall): string {
  const [block, ...others] = routes.length === 1 ? (routes[0]?.route.match ?? []) : []
  const [miss] = block === undefined || others.length > 0 ? [] : judgeBlock(block, call).misses
  return miss === undefined ? '' : `; its only route wants ${miss}`
}

/** The first route of another object that would take the request, had it not been taken. */
function behind({ route: { origin: taken, match } }: PlacedRoute, routes: readonly PlacedRoute[], call: ResolvedCall): readonly Later[] {
  if (taken === undefined) return []
  const from = routes.findIndex(({ route }) => route.origin === taken) + 1
  for (const { route } of routes.slice(from)) {
    pause()
    if (route.origin === undefined || route.origin.owner === taken.owner) continue
    if (route.match.length === 0 || route.match.some((block) => judgeBlock(block, call).truth === 'YES'))
      return [{ meta: route.origin.owner, why: byPrecedence(match[0], route.match[0]) === 0 ? 'YOUNGER' : 'LESS_CLOSE' }]
  }
  return []
}

/** The blocks of which one lets the request through: the first that surely does, else all that may. */
function blocksThrough({ route }: PlacedRoute, judged: readonly BlockMatch[]): readonly HttpMatch[] {
  const sure = judged.findIndex(({ truth }) => truth === 'YES')
  return flatMap(route.match, (match, index) => ((sure >= 0 ? index === sure : judged[index]?.truth === 'UNKNOWN') ? match : []))
}

/** VirtualServices, and of those that are made of routes of the Gateway API the routes themselves that were `followed`. */
export function authorsOf(by: readonly VirtualService[], followed: readonly PlacedRoute[]): readonly Author[] {
  if (!by.some(({ ofGatewayApi }) => ofGatewayApi === true)) return by
  const owners = flatMap(followed, ({ route }) => (route.origin === undefined ? [] : [route.origin.owner]))
  const authors = [...new Set(owners)].map((meta) => ({ meta }))
  return [...by.filter(({ ofGatewayApi }) => ofGatewayApi !== true), ...authors]
}

/** VirtualServices and routes as a sentence names them. */
export const nameAll = (list: readonly Author[]): string =>
  list.some(({ meta }) => meta.origin !== undefined || meta.kind !== 'VirtualService')
    ? [...new Set(list.map(({ meta }) => titleOf(meta)))].join(', ')
    : `VirtualService ${list.map(({ meta }) => `\`${meta.namespace}/${meta.name}\``).join(', ')}`

const otherwise = (before: readonly Alternative[]): string | undefined => (before.length === 0 ? undefined : 'anything else')

function outcomeOf(
  { route, owner, path }: PlacedRoute,
  context: RoutingContext,
  request: CallAttributes,
  through: readonly HttpMatch[],
): Omit<Alternative, 'when'> {
  const refer = (part: string): ResourceRef => context.scope.view.ref(owner, partOf(route, path, part))
  const end = (reason: ReasonCode, message: string, part: string): End => ({ reason, message, because: [refer(part)], delivered: false })
  if (route.redirect !== undefined) {
    const written = `${route.redirect.authority ?? ''}${route.redirect.uri ?? ''}`
    const to = written === '' ? 'another scheme or port' : `\`${written}\``
    return {
      targets: [],
      ends: end('REDIRECTED', `the proxy answers with a redirect to ${to}, which is a new question for the client`, 'redirect'),
    }
  }
  if (route.directResponse !== undefined) {
    const message = `the proxy answers by itself with status ${route.directResponse.status}; nothing is called`
    return { targets: [], ends: end('DIRECT_RESPONSE', message, 'directResponse') }
  }
  const aborted = end('FAULT_ABORTED', `${route.abortPercent} % of the requests are aborted on purpose`, 'fault.abort')
  if (route.abortPercent >= 100) return { targets: [], ends: aborted }
  const chosen = weightTargets(
    context,
    route.route,
    owner.namespace,
    (index) => refer(`route[${index}]`),
    (destination) => changeRequest(request, route, through, destination),
  )
  return route.abortPercent > 0 && chosen.ends === undefined ? thin(chosen, aborted, route.abortPercent / 100) : chosen
}

/** Takes the aborted part out of every share. */
function thin(chosen: ReturnType<typeof weightTargets>, aborted: End, part: number): Omit<Alternative, 'when'> {
  const left = <T extends { readonly share: number }>(one: T): T => ({ ...one, share: one.share * (1 - part) })
  const lost = [...(chosen.lost ?? []).map(left), { ...aborted, share: part }]
  return { targets: chosen.targets.map(left), lost, ends: undefined }
}
