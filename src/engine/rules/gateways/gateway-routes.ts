import type { Meta } from '../../resources/meta.js'
import type { GatewayParent } from '../../resources/kubernetes/gateway-parent.js'
import type { RouteBackend } from '../../resources/kubernetes/route-backend.js'
import type { Cluster } from '../../snapshot/snapshot.js'

/** A route of the Gateway API of any kind, as far as rules look at it. */
export interface GatewayRoute {
  readonly meta: Meta
  readonly gateways: readonly GatewayParent[]
  readonly hostnames: readonly string[]
  readonly rules: readonly { readonly backends: readonly RouteBackend[] }[]
}

/** HTTPRoutes, which are read in full, and those of other kinds. */
export const gatewayRoutesOf = ({ resources }: Cluster): readonly GatewayRoute[] => [
  ...[...resources.httpRoutes.values()].flat(),
  ...[...resources.serviceRoutes.values()].flat().filter(({ meta }) => meta.kind !== 'HTTPRoute'),
]

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
