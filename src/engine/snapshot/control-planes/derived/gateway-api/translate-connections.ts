/**
 * The rules of a TCPRoute or a TLSRoute as istiod writes them. One without traffic to send leads to a place that does not exist, so that connections are closed.
 * Rules GWAPI-49, GWAPI-54, GWAPI-55, GWAPI-66.
 */
import type { L4Match, L4Route, RouteDestination } from '../../../../resources/istio/virtual-service.js'
import type { RouteRule } from '../../../../resources/kubernetes/gateway-route.js'
import { destinationOf, type HardError, isHardError, nobodysHost, type Translating } from './destination-of.js'

/** `match`: for all of its rules. */
export function translateConnections(translating: Translating, match: readonly L4Match[]): readonly L4Route[] | HardError {
  const routes: L4Route[] = []
  for (const [position, rule] of translating.route.rules.entries()) {
    const made = translateRule(translating, rule, `spec.rules[${position}]`, match)
    if (isHardError(made)) return made
    routes.push(made)
  }
  return routes
}

const closed: RouteDestination = {
  host: nobodysHost,
  subset: '',
  refused: { reason: 'BACKEND_INVALID', message: 'the rule has no backend that takes traffic' },
}

function translateRule(translating: Translating, { backends }: RouteRule, path: string, match: readonly L4Match[]): L4Route | HardError {
  const sending = backends.map((backend, position) => ({ backend, position })).filter(({ backend }) => backend.weight > 0)
  const owner = translating.route.meta
  const route: RouteDestination[] = []
  for (const { backend } of sending) {
    const destination = destinationOf(translating, backend)
    if (isHardError(destination)) return destination
    route.push(destination)
  }
  if (route.length === 0) return { match, route: [closed], origin: { owner, path, destinations: ['backendRefs'] } }
  return { match, route, origin: { owner, path, destinations: sending.map(({ position }) => `backendRefs[${position}]`) } }
}

const noLabels = {}

export const connectionMatch = (more: { readonly sniHosts?: readonly string[]; readonly port?: number }): L4Match => ({
  sniHosts: more.sniHosts ?? [],
  destinationSubnets: [],
  ...(more.port === undefined || more.port === 0 ? {} : { port: more.port }),
  sourceLabels: noLabels,
  gateways: [],
})
