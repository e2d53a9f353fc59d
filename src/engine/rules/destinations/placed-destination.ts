import type { HttpMatch, L4Match, RouteDestination, VirtualService } from '../../resources/istio/virtual-service.js'
import type { Meta } from '../../resources/meta.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { virtualServicesOf } from '../../istiod/virtual-services/virtual-service-index.js'
import type { PlacedRoute } from '../../istiod/virtual-services/place-routes.js'

/** A destination of a route, where it stands: a delegate's in the delegate. */
export interface PlacedDestination {
  readonly destination: RouteDestination
  readonly owner: Meta
  readonly path: string
  readonly kind: 'http' | 'tls' | 'tcp'
  readonly match: readonly (HttpMatch | L4Match)[]
  /** WAITING: it has no share of the traffic yet. */
  readonly use: 'TRAFFIC' | 'WAITING' | 'MIRROR'
}

/** Where the VirtualService sends requests and connections, its delegates' routes included. */
export function* destinationsOf(view: ControlPlaneView, item: VirtualService): Iterable<PlacedDestination> {
  for (const placed of virtualServicesOf(view).routesOf(item)) yield* ofRequests(placed)
  for (const kind of ['tls', 'tcp'] as const) {
    for (const [i, { match, route }] of item[kind].entries()) {
      yield* weighed(route, { owner: item.meta, path: `spec.${kind}[${i}]`, kind, match })
    }
  }
}

function* ofRequests({ route, owner, path }: PlacedRoute): Iterable<PlacedDestination> {
  if (route.redirect !== undefined || route.directResponse !== undefined) return
  const place = { owner, path, kind: 'http', match: route.match } as const
  yield* weighed(route.route, place)
  for (const [index, destination] of route.mirrors.entries()) {
    yield { ...place, path: `${path}.${route.mirrors.length === 1 ? 'mirror' : `mirrors[${index}]`}`, destination, use: 'MIRROR' }
  }
}

/** Weight 0 beside others takes nothing (ROUTE-4). */
function* weighed(
  route: readonly RouteDestination[],
  { owner, path, kind, match }: Omit<PlacedDestination, 'destination' | 'use'>,
): Iterable<PlacedDestination> {
  const isWeighed = route.some(({ weight = 0 }) => weight > 0)
  for (const [index, destination] of route.entries()) {
    const use = isWeighed && route.length > 1 && (destination.weight ?? 0) === 0 ? 'WAITING' : 'TRAFFIC'
    yield { owner, path: `${path}.route[${index}].destination`, kind, match, destination, use }
  }
}
