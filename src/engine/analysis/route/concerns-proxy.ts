import { pause } from '../../pause.js'
import { isRemovedValue } from '../../manifests/secrets/removed-value.js'
import type { HttpMatch, L4Match } from '../../resources/istio/virtual-service.js'
import type { Labels } from '../../resources/meta.js'
import type { PlacedRoute } from '../../istiod/virtual-services/place-routes.js'
import { gatewayName } from '../../istiod/gateways/gateways-selecting.js'

/** The proxy for which routes are filtered: its labels and namespace, its gateways (or `mesh`), and the port listened on. */
export interface RoutingProxy {
  readonly labels: Readonly<Record<string, string>>
  readonly namespace: string
  readonly gateways: readonly string[]
  readonly port: number
}

/** Is the block for this proxy? Named gateways override source labels and namespace for http (ROUTE-2). */
export function concernsProxy(match: HttpMatch, owner: string, proxy: RoutingProxy): boolean {
  pause()
  if (match.port !== undefined && match.port !== 0 && match.port !== proxy.port) return false
  if (match.gateways.length > 0) return namesGateway(match.gateways, owner, proxy)
  return fromSource(match, proxy)
}

/** The route cut down to the blocks that concern the proxy; a route without blocks always does (ROUTE-2). */
export function forProxy(placed: PlacedRoute, proxy: RoutingProxy): PlacedRoute[] {
  const { match } = placed.route
  if (match.length === 0) return [placed]
  const left = match.filter((block) => concernsProxy(block, placed.owner.namespace, proxy))
  return left.length === 0 ? [] : [{ ...placed, route: { ...placed.route, match: left } }]
}

/** tls and tcp blocks need all of them together; a gateway does not ask who the caller is (ROUTE-2, ROUTE-9). */
export function concernsConnection(match: L4Match, owner: string, proxy: RoutingProxy): boolean {
  pause()
  if (match.port !== undefined && match.port !== 0 && match.port !== proxy.port) return false
  if (match.gateways.length > 0 && !namesGateway(match.gateways, owner, proxy)) return false
  return !isOfMesh(proxy) || fromSource(match, proxy)
}

/** A sidecar, or a waypoint. */
export const isOfMesh = ({ gateways }: RoutingProxy): boolean => gateways.includes('mesh')

const namesGateway = (names: readonly string[], owner: string, proxy: RoutingProxy): boolean =>
  names.some((name) => proxy.gateways.includes(gatewayName(name, owner)))

const fromSource = (match: HttpMatch | L4Match, proxy: RoutingProxy): boolean =>
  mayHave(match.sourceLabels, proxy.labels) && (match.sourceNamespace === undefined || match.sourceNamespace === proxy.namespace)

/** One that has the label at all may have a value that was taken out as a secret. */
function mayHave(wanted: Labels, labels: Labels): boolean {
  for (const key in wanted) {
    const value = wanted[key] ?? ''
    if (labels[key] !== value && (labels[key] === undefined || !isRemovedValue(value))) return false
  }
  return true
}

/** Labels that the block asks the caller for with values that were taken out as secrets: whether it is for the proxy nobody knows. */
export const unknownSources = (match: HttpMatch): readonly string[] => (match.gateways.length > 0 ? [] : removedLabels(match))

export const removedLabels = ({ sourceLabels }: HttpMatch | L4Match): readonly string[] =>
  Object.keys(sourceLabels).filter((key) => isRemovedValue(sourceLabels[key] ?? ''))
