import { flatMap } from '../../flat-map.js'
import { pause } from '../../pause.js'
import type { Meta } from '../../resources/meta.js'
import { gatewayName } from '../gateways/gateways-selecting.js'
import type { HttpMatch, HttpRoute, StringMatch, VirtualService } from '../../resources/istio/virtual-service.js'

/** An http route with the object and the path that it stands at: a delegate's routes keep their own place, and so does what others were made of. */
export interface PlacedRoute {
  readonly route: HttpRoute
  readonly owner: Meta
  readonly path: string
}

/** The path of a part of a route, as its owner has written it: `path` is the route's. */
export function partOf({ origin }: Pick<HttpRoute, 'origin'>, path: string, part: string): string {
  if (origin === undefined) return `${path}.${part}`
  if (part === 'match') return `${origin.path}.matches`
  if (!part.startsWith('route[')) return part === 'directResponse' ? `${origin.path}.backendRefs` : `${origin.path}.filters`
  return `${origin.path}.${origin.destinations[Number(part.slice('route['.length, -1))] ?? 'backendRefs'}`
}

/** Can a request that the root's match lets through also satisfy the delegate's? */
function conflicts(root: StringMatch | undefined, leaf: StringMatch | undefined): boolean {
  if (root === undefined || leaf === undefined || 'removed' in root || 'removed' in leaf) return false
  if ('exact' in root) return !('exact' in leaf) || leaf.exact !== root.exact
  if ('prefix' in root) {
    if ('exact' in leaf) return !leaf.exact.startsWith(root.prefix)
    return !('prefix' in leaf) || !leaf.prefix.startsWith(root.prefix)
  }
  return true
}

type Matches = Readonly<Record<string, StringMatch>>
const anyConflict = (root: Matches, leaf: Matches): boolean => Object.keys(root).some((key) => conflicts(root[key], leaf[key]))

function incompatible(root: HttpMatch, leaf: HttpMatch): boolean {
  if (conflicts(root.uri, leaf.uri) || conflicts(root.scheme, leaf.scheme)) return true
  if (conflicts(root.method, leaf.method) || conflicts(root.authority, leaf.authority)) return true
  if (anyConflict(root.headers, leaf.headers) || anyConflict(root.withoutHeaders, leaf.withoutHeaders)) return true
  if (anyConflict(root.queryParams, leaf.queryParams)) return true
  if (root.ignoreUriCase !== leaf.ignoreUriCase) return true
  if (root.port !== undefined && leaf.port !== undefined && root.port !== leaf.port) return true
  return fromElsewhere(root, leaf)
}

/** Is the delegate for callers that the root is not for? A root's namespace has to be said again, its gateways only not exceeded. */
function fromElsewhere(root: HttpMatch, leaf: HttpMatch): boolean {
  if (root.sourceNamespace !== undefined && leaf.sourceNamespace !== root.sourceNamespace) return true
  if (root.gateways.length > 0 && leaf.gateways.some((gateway) => !root.gateways.includes(gateway))) return true
  return Object.keys(root.sourceLabels).some((key) => key in leaf.sourceLabels && leaf.sourceLabels[key] !== root.sourceLabels[key])
}

/** The delegate's; where the root's was removed, it is not known whether the two go together. */
const mergeMatches = (root: Matches, leaf: Matches): Matches => ({
  ...root,
  ...leaf,
  ...Object.fromEntries(Object.entries(root).filter(([, match]) => 'removed' in match)),
})

const mergeMatch = (root: HttpMatch, leaf: HttpMatch): HttpMatch => ({
  ...root,
  ...leaf,
  headers: mergeMatches(root.headers, leaf.headers),
  withoutHeaders: mergeMatches(root.withoutHeaders, leaf.withoutHeaders),
  queryParams: mergeMatches(root.queryParams, leaf.queryParams),
  sourceLabels: { ...root.sourceLabels, ...leaf.sourceLabels },
  gateways: leaf.gateways.length > 0 ? leaf.gateways : root.gateways,
})

function mergeRoute(root: HttpRoute, leaf: HttpRoute): HttpRoute | undefined {
  const { rewrite = root.rewrite, headers = root.headers } = leaf
  const inherited = { ...(rewrite === undefined ? {} : { rewrite }), ...(headers === undefined ? {} : { headers }) }
  const merged = { ...leaf, ...inherited, abortPercent: leaf.abortPercent > 0 ? leaf.abortPercent : root.abortPercent }
  if (root.match.length === 0) return merged
  if (leaf.match.length === 0) return { ...merged, match: root.match }
  const match = leaf.match.map((inner) => flatMap(root.match, (outer) => (incompatible(outer, inner) ? [] : mergeMatch(outer, inner))))
  // One match of the delegate that none of the root's takes in spoils the whole route.
  return match.some((each) => each.length === 0) ? undefined : { ...merged, match: match.flat() }
}

/** Its matches with their gateways in full: a short name is of the namespace that it is written in, wherever it is merged into (ROUTE-11). */
const inFull = (route: HttpRoute, { namespace }: Meta): HttpRoute => ({
  ...route,
  match: route.match.map((match) => ({ ...match, gateways: match.gateways.map((name) => gatewayName(name, namespace)) })),
})

/**
 * The http routes of a VirtualService with its delegates' routes put in their places.
 *
 * `findDelegate` gives an exported VirtualService without hosts; a route whose delegate is missing, not exported or
 * contradictory is dropped, and delegates of delegates are not followed. Rules VIS-29, ROUTE-8.
 */
export function placeRoutes(
  root: VirtualService,
  findDelegate: (name: string, namespace: string) => VirtualService | undefined,
): readonly PlacedRoute[] {
  return root.http.flatMap((route, i): PlacedRoute[] => {
    pause()
    if (route.delegate === undefined) return [{ route, owner: root.meta, path: `spec.http[${i}]`, ...route.origin }]
    const leaf = findDelegate(route.delegate.name, route.delegate.namespace ?? root.meta.namespace)
    if (leaf === undefined) return []
    const outer = inFull(route, root.meta)
    return leaf.http.flatMap((inner, j): PlacedRoute[] => {
      pause()
      const merged = inner.delegate === undefined ? mergeRoute(outer, inFull(inner, leaf.meta)) : undefined
      return merged === undefined ? [] : [{ route: merged, owner: leaf.meta, path: `spec.http[${j}]` }]
    })
  })
}
