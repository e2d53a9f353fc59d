import type { GatewayRoute } from '../../../../resources/kubernetes/gateway-route.js'
import type { RouteParent } from '../../../../resources/kubernetes/route-parent.js'
import type { ApiListener } from '../../../../resources/kubernetes/api-listener.js'
import type { Meta } from '../../../../resources/meta.js'

/** Why a parent, or a listener of it, does not take a route. */
export interface Denied {
  /** As the route's status has it (GWAPI-6). */
  readonly condition: 'NoMatchingParent' | 'NotAllowedByListeners' | 'NoMatchingListenerHostname'
  readonly message: string
}

/** A route of the Gateway API with what is wrong about it. */
export interface RouteFate {
  readonly route: GatewayRoute
  /** Parents that do not take it. */
  readonly denied: readonly { readonly parent: RouteParent; readonly denied: Denied }[]
  /** Mistakes that take all of its rules away. */
  readonly errors: readonly string[]
}

/** A listener that opens nothing, and why. */
export interface ClosedListener {
  /** The Gateway or the ListenerSet. */
  readonly carrier: Meta
  readonly path: string
  readonly listener: ApiListener
  readonly why: string
  /** TWIN: an earlier listener has its place. UNGRANTED: nobody lets it use its certificate. */
  readonly because: 'TWIN' | 'UNGRANTED' | 'OTHER'
}
