/**
 * Which filter chain of a sidecar's listener takes the connection, where routes ask for addresses?
 *
 * Envoy goes by the address first: of all chains those of the narrowest subnet that holds it are left, wherever they stand, and then the server name
 * chooses among these alone; it does not come back for those of wider subnets. Rules ROUTE-2, ROUTE-9.
 */
import { pause } from '../../pause.js'
import { remembered } from '../../remembered.js'
import { parseCidr } from '../../snapshot/networks/cidr.js'
import type { L4Match, L4Route, VirtualService } from '../../resources/istio/virtual-service.js'
import { concernsConnection, type RoutingProxy } from './concerns-proxy.js'

/** What istiod makes one filter chain of. */
interface Chain {
  readonly virtualService: VirtualService
  readonly route: L4Route
  readonly path: string
  /** The blocks by which it takes connections. */
  readonly blocks: readonly L4Match[]
  /** None: any address. */
  readonly subnets: readonly string[]
}

/** Does any of its routes of connections ask for addresses? */
export const asksForAddresses = remembered((item: VirtualService): boolean =>
  [...item.tls, ...item.tcp].some(({ match }) => match.some(({ destinationSubnets }) => destinationSubnets.length > 0)),
)

/**
 * The chains of the narrowest subnet that holds one of the addresses, in order; none where the chain to the service itself is of a narrower one.
 * `blocks`: those of the service, which chains without subnets have.
 */
export function chainsByAddress(
  candidates: readonly VirtualService[],
  proxy: RoutingProxy,
  kind: 'tls' | 'tcp',
  addresses: readonly string[],
  blocks: readonly string[],
): readonly Chain[] {
  const { found, narrowest } = narrowestChains(candidates, proxy, kind, addresses, blocks)
  return kind === 'tcp' && (prefixOver(blocks, addresses) ?? 0) > narrowest ? [] : found
}

/** The narrowest subnet by which tcp routes take one of the addresses; undefined: they ask for none that holds any. */
export function subnetOver(candidates: readonly VirtualService[], proxy: RoutingProxy, addresses: readonly string[]): Over | undefined {
  if (!candidates.some(asksForAddresses)) return undefined
  const [first] = narrowestChains(candidates, proxy, 'tcp', addresses, []).found
  return first && narrowestOf(first.subnets, addresses)
}

function narrowestChains(
  candidates: readonly VirtualService[],
  proxy: RoutingProxy,
  kind: 'tls' | 'tcp',
  addresses: readonly string[],
  blocks: readonly string[],
): { readonly found: readonly Chain[]; readonly narrowest: number } {
  let narrowest = 0
  let found: Chain[] = []
  for (const chain of (kind === 'tls' ? chainsOfNames : chainsOfAddresses)(candidates, proxy, blocks)) {
    pause()
    const length = prefixOver(chain.subnets, addresses)
    if (length === undefined || length < narrowest) continue
    if (length > narrowest) found = []
    narrowest = length
    found.push(chain)
  }
  return { found, narrowest }
}

/** One for each block; one without subnets has those of the last block before it that has some, of whichever route. */
function* chainsOfNames(candidates: readonly VirtualService[], proxy: RoutingProxy, blocks: readonly string[]): Generator<Chain> {
  let subnets = blocks
  for (const virtualService of candidates) {
    for (const [index, route] of virtualService.tls.entries()) {
      for (const block of route.route.length === 0 ? [] : route.match) {
        if (!concernsConnection(block, virtualService.meta.namespace, proxy)) continue
        if (block.destinationSubnets.length > 0) subnets = block.destinationSubnets
        yield { virtualService, route, path: `spec.tls[${index}]`, blocks: [block], subnets }
      }
    }
  }
}

/** One for each route, of the subnets of its blocks; the first with a block for all addresses is the last. */
function* chainsOfAddresses(candidates: readonly VirtualService[], proxy: RoutingProxy, blocks: readonly string[]): Generator<Chain> {
  for (const virtualService of candidates) {
    for (const [index, route] of virtualService.tcp.entries()) {
      const taking = route.match.filter((block) => concernsConnection(block, virtualService.meta.namespace, proxy))
      if (route.route.length === 0 || (route.match.length > 0 && taking.length === 0)) continue
      const open = taking.filter(({ destinationSubnets }) => destinationSubnets.length === 0)
      const isLast = open.length > 0 || route.match.length === 0
      const subnets = isLast ? blocks : taking.flatMap(({ destinationSubnets }) => destinationSubnets)
      yield { virtualService, route, path: `spec.tcp[${index}]`, blocks: isLast ? open : taking, subnets }
      if (isLast) return
    }
  }
}

/** How many bits the narrowest of the subnets that hold one of the addresses fixes; 0 without subnets, undefined where none holds any. */
function prefixOver(subnets: readonly string[], addresses: readonly string[]): number | undefined {
  return subnets.every(isUnspecified) ? 0 : narrowestOf(subnets, addresses)?.prefix
}

/** A block of addresses, and how many bits it fixes. */
interface Over {
  readonly block: string
  readonly prefix: number
}

function narrowestOf(subnets: readonly string[], addresses: readonly string[]): Over | undefined {
  let narrowest: Over | undefined
  for (const block of subnets) {
    const range = isUnspecified(block) ? undefined : parseCidr(block)
    if (range === undefined || (narrowest !== undefined && range.prefix <= narrowest.prefix)) continue
    if (addresses.some((address) => range.contains(address))) narrowest = { block, prefix: range.prefix }
  }
  return narrowest
}

/** istiod makes none of a subnet of the unspecified address (core/listener.go, buildFilterChainMatch). */
const isUnspecified = (subnet: string): boolean => subnet.split('/')[0] === '0.0.0.0'
