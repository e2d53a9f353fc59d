import type { GatewayRoute } from '../../resources/kubernetes/gateway-route.js'
import { gatewayKind, type RouteParent } from '../../resources/kubernetes/route-parent.js'
import type { RouteBackend } from '../../resources/kubernetes/route-backend.js'
import type { Cluster } from '../../snapshot/snapshot.js'

/** Routes of the Gateway API of any kind. */
export const gatewayRoutesOf = ({ resources }: Cluster): readonly GatewayRoute[] => [...resources.gatewayRoutes.values()].flat()

/** The Gateways that it is attached to. */
export const gatewaysOf = ({ parents }: GatewayRoute): readonly RouteParent[] => parents.filter(({ kind }) => kind === gatewayKind)

/** Routes of connections, in which there is no status to answer with. */
export const routesConnections = ({ meta }: GatewayRoute): boolean => meta.kind === 'TCPRoute' || meta.kind === 'TLSRoute'

/** A backend that takes traffic, and where it stands. */
export interface PlacedBackend {
  readonly backend: RouteBackend
  readonly path: string
}

/** The Services that a route sends to: of a TCPRoute those of its first rule, which takes everything (GWAPI-54). */
export function* backendsOf({ meta, rules }: GatewayRoute): Iterable<PlacedBackend> {
  for (const [i, { backends }] of rules.entries()) {
    if (i > 0 && meta.kind === 'TCPRoute') return
    for (const [j, backend] of backends.entries())
      if (backend.kind === '/Service' && backend.weight > 0) yield { backend, path: `spec.rules[${i}].backendRefs[${j}]` }
  }
}
