/**
 * The filter chains that istiod makes of one record for its connections: those of its routes, then one to the record itself.
 *
 * Rules ROUTE-2, ROUTE-9, DNS-16, GWAPI-66; pilot/pkg/networking/core/tls.go.
 */
import { parseCidr } from '../../../snapshot/networks/cidr.js'
import type { EgressListener } from '../../../istiod/scope/egress-listeners.js'
import type { L4Match, VirtualService } from '../../../resources/istio/virtual-service.js'
import type { MeshPort, MeshService } from '../../../snapshot/services/mesh-service.js'
import { concernsConnection, type RoutingProxy } from '../concerns-proxy.js'
import type { ConnectionChain, FilterChain } from './filter-chain.js'

/** A record as a listener has it. */
export interface Heard extends Told {
  readonly record: MeshService
  readonly listener: EgressListener
  readonly port: MeshPort
  readonly byAddress: boolean
}

export interface Told {
  /** The block of its addresses by which it is told from others on the listener for every address. */
  readonly subnets: readonly string[]
  /** Is nothing but the server name left to tell its TLS by? */
  readonly byName: boolean
}

/** `routes`: VirtualServices that have the record's host, the first that counts first. */
export function connectionChains(heard: Heard, routes: readonly VirtualService[], proxy: RoutingProxy): readonly ConnectionChain[] {
  return heard.port.protocol === 'TLS' ? [...chainsOfNames(heard, routes, proxy)] : [...chainsOfAddresses(heard, routes, proxy)]
}

/**
 * One for each block; one without subnets has those of the last block before it that has some, of whichever route, and of blocks that ask for the
 * same the first is kept. Only without any the record has one of its own.
 */
function* chainsOfNames(heard: Heard, routes: readonly VirtualService[], proxy: RoutingProxy) {
  const { record, listener, port, byAddress, subnets: own } = heard
  const common = { record, listener, port, byAddress, kind: 'TLS' } as const
  let subnets = own
  const handled = new Set<string>()
  for (const virtualService of routes) {
    for (const [index, route] of virtualService.tls.entries()) {
      for (const block of route.route.length === 0 ? [] : route.match) {
        if (!concernsConnection(block, virtualService.meta.namespace, proxy)) continue
        if (block.destinationSubnets.length > 0) subnets = block.destinationSubnets
        const asked = `${block.sniHosts.join()}|${block.destinationSubnets.join()}`
        const routing = { virtualService, route, path: `spec.tls[${index}]`, blocks: [block] }
        if (!handled.has(asked)) yield { ...common, subnets, names: block.sniHosts, routing }
        handled.add(asked)
      }
    }
  }
  const names = heard.byName || own.length > 0 ? [record.hostname] : []
  if (handled.size === 0) yield { ...common, subnets: own, names, routing: undefined }
}

/** One for each route, of the subnets of its blocks; the first with a block for all addresses is the last, and has the record's block. */
function* chainsOfAddresses(heard: Heard, routes: readonly VirtualService[], proxy: RoutingProxy) {
  const { record, listener, port, byAddress, subnets: own } = heard
  const common = { record, listener, port, byAddress, kind: 'TCP', names: [] } as const
  let isDone = false
  for (const virtualService of routes) {
    for (const [index, route] of virtualService.tcp.entries()) {
      const blocks = route.match.filter((block) => concernsConnection(block, virtualService.meta.namespace, proxy))
      if (route.route.length === 0 || (route.match.length > 0 && blocks.length === 0)) continue
      const path = `spec.tcp[${index}]`
      const open = blocks.filter(({ destinationSubnets }) => destinationSubnets.length === 0)
      if (open.length > 0 || route.match.length === 0) {
        yield { ...common, subnets: own, routing: { virtualService, route, path, blocks: open } }
        return
      }
      const subnets = subnetsOf(blocks)
      yield { ...common, subnets, routing: { virtualService, route, path, blocks } }
      isDone ||= [...subnets].sort().join() === own.join()
    }
  }
  if (!isDone) yield { ...common, subnets: own, routing: undefined }
}

const subnetsOf = (blocks: readonly L4Match[]): readonly string[] => blocks.flatMap(({ destinationSubnets }) => destinationSubnets)

/** What a chain asks for: of those that ask for the same, whatever they are for, istiod keeps the first (mergeTCPFilterChains). */
export const askedBy = ({ kind, names, subnets }: FilterChain): string =>
  `${kind === 'HTTP'} ${distinct(names.filter((name) => name !== '*'))} ${distinct(subnets.flatMap((block) => identityOf(block) ?? []))}`

const distinct = (words: readonly string[]): string => [...new Set(words)].sort().join()

function identityOf(block: string): string | undefined {
  const range = parseCidr(block)
  return range === undefined || block.startsWith('0.0.0.0') ? undefined : range.identity
}
