/**
 * A route at a listener that takes it only if labels of its namespace say so, which are not given: what it matches is left open. Rules GWAPI-24, GWAPI-28.
 */
import type { HttpRoute, L4Route, RouteDestination } from '../../../../resources/istio/virtual-service.js'
import type { GatewayRoute } from '../../../../resources/kubernetes/gateway-route.js'
import type { ApiParent } from './api-parents.js'
import { nobodysHost } from './destination-of.js'

/** Undefined: it is taken. */
function openAt({ open, carrier, listener }: ApiParent, { meta }: GatewayRoute): RouteDestination | undefined {
  const ofSet = open.includes('*')
  if (!ofSet && !open.includes(meta.namespace)) return undefined
  const asked = ofSet ? carrier.namespace : meta.namespace
  const what = ofSet ? `ListenerSet \`${carrier.namespace}/${carrier.name}\`` : `the routes of listener \`${listener.name}\``
  const message = `labels decide whether ${what} may be of namespace \`${asked}\`, and its Namespace object is not given`
  return { host: nobodysHost, subset: '', refused: { reason: 'INPUT_MISSING', message } }
}

const leadingTo = (destination: RouteDestination, origin: HttpRoute['origin']): Pick<L4Route, 'route' | 'origin'> => ({
  route: [destination],
  ...(origin === undefined ? {} : { origin: { ...origin, destinations: ['backendRefs'] } }),
})

/** A redirect, or an answer of the gateway itself, is as open as a destination. */
export function requestsWhereTaken(listener: ApiParent, route: GatewayRoute, made: readonly HttpRoute[]): readonly HttpRoute[] {
  const open = openAt(listener, route)
  if (open === undefined) return made
  return made.map(({ name, match, abortPercent, origin }) => ({ name, match, abortPercent, mirrors: [], ...leadingTo(open, origin) }))
}

export function connectionsWhereTaken(listener: ApiParent, route: GatewayRoute, made: readonly L4Route[]): readonly L4Route[] {
  const open = openAt(listener, route)
  return open === undefined ? made : made.map((one) => ({ ...one, ...leadingTo(open, one.origin) }))
}
