import type { L4Match, L4Route, VirtualService } from '../../resources/istio/virtual-service.js'
import { covers } from '../../istiod/matching/hosts.js'
import { concernsConnection, type RoutingProxy } from './concerns-proxy.js'
import type { Alternative, RoutingContext } from './find-target.js'
import { weightTargets } from './weight-targets.js'

export interface ConnectionChoice {
  readonly alternative: Alternative
  readonly virtualService: VirtualService
}

/** What a connection shows before any byte of HTTP: the name in its SNI, or only where it goes. */
interface Connection {
  readonly kind: 'tls' | 'tcp'
  readonly sni: string
  readonly addresses: readonly string[]
}

/**
 * The first tls or tcp route that takes the connection; undefined: none does, and the default applies (a gateway closes it).
 *
 * Rules ROUTE-2, ROUTE-4, ROUTE-5, ROUTE-9.
 */
export function chooseConnection(
  candidates: readonly VirtualService[],
  proxy: RoutingProxy,
  context: RoutingContext,
  connection: Connection,
): ConnectionChoice | undefined {
  for (const virtualService of candidates) {
    const { meta } = virtualService
    const routes: readonly L4Route[] = virtualService[connection.kind]
    const index = routes.findIndex((route) => takes(route, meta.namespace, proxy, connection))
    const route = routes[index]
    if (route === undefined) continue
    const path = `spec.${connection.kind}[${index}]`
    const place = (at: number) => context.scope.view.ref(meta, `${path}.route[${at}]`)
    return { virtualService, alternative: { when: undefined, ...weightTargets(context, route.route, meta.namespace, place) } }
  }
  return undefined
}

const takes = (route: L4Route, owner: string, proxy: RoutingProxy, connection: Connection): boolean =>
  route.match.length === 0 || route.match.some((match) => concernsConnection(match, owner, proxy) && fits(match, connection))

function fits(match: L4Match, { kind, sni, addresses }: Connection): boolean {
  if (kind === 'tls' && match.sniHosts.length > 0 && !match.sniHosts.some((host) => covers(host.toLowerCase(), sni))) return false
  if (match.destinationSubnets.length === 0) return true
  return addresses.some((address) => match.destinationSubnets.some((subnet) => contains(subnet, address)))
}

/** IPv4 only, as automatic and IPv6 addresses are seldom written as subnets; an equal text always counts. */
function contains(subnet: string, address: string): boolean {
  const [base = '', length = '32'] = subnet.split('/')
  if (base === address) return true
  const bits = Number(length)
  const [a, b] = [toNumber(base), toNumber(address)]
  if (a === undefined || b === undefined || !(bits >= 0 && bits <= 32)) return false
  return Math.floor(a / 2 ** (32 - bits)) === Math.floor(b / 2 ** (32 - bits))
}

function toNumber(address: string): number | undefined {
  const parts = address.split('.').map(Number)
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined
  return parts.reduce((sum, part) => sum * 256 + part, 0)
}
