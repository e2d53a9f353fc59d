/**
 * Which filter chain of a listener takes a connection?
 *
 * Envoy goes by the address, then the server name, then whether the bytes are a request, and does not come back: of all chains those of the
 * narrowest subnet that holds the address are left, wherever they stand, then those of the most specific name among these. What none of them
 * takes is for the chain that asks for nothing. Rules ROUTE-2, ROUTE-9, ROUTE-10.
 */
import type { SpokenProtocol } from '../../../model/question.js'
import { parseCidr } from '../../../snapshot/networks/cidr.js'
import { covers } from '../../../snapshot/covers.js'
import { pause, pausing } from '../../../pause.js'
import type { FilterChain } from './filter-chain.js'

/** What a connection shows: where it goes, an address or the whole block that stands for one; its server name, if it is TLS; what its bytes are. */
export interface Shown {
  readonly address: string | undefined
  /** '': none. */
  readonly sni: string
  readonly spoken: SpokenProtocol
}

export function chainTaking(chains: readonly FilterChain[], { address, sni, spoken }: Shown): FilterChain | undefined {
  const asking = chains.filter((chain) => !takesAll(chain))
  const near = mostFitting(asking, ({ subnets }) => widthOver(subnets, address))
  const named = mostFitting(near, ({ names }) => nameOver(names, sni))
  const requests = named.find(({ kind }) => kind === 'HTTP')
  // Where requests are expected, nothing else in plaintext is for those beside them.
  const found =
    spoken === 'TLS' || requests === undefined ? named.find(({ kind }) => kind !== 'HTTP') : spoken === 'HTTP' ? requests : undefined
  return found ?? chains.findLast(takesAll)
}

/** It asks for nothing, and takes what no other does. */
const takesAll = ({ kind, subnets, names }: FilterChain): boolean =>
  kind !== 'HTTP' && subnets.length === 0 && (names.length === 0 || names.includes('*'))

/** Those for which the measure is the highest; none for which there is none. */
function mostFitting(chains: readonly FilterChain[], measure: (chain: FilterChain) => number | undefined): readonly FilterChain[] {
  let most = 0
  let found: FilterChain[] = []
  for (const chain of pausing(chains)) {
    const one = measure(chain)
    if (one === undefined || one < most) continue
    if (one > most) found = []
    most = one
    found.push(chain)
  }
  return found
}

/** istiod makes none of a subnet of the unspecified address (core/listener.go, toFilterChainMatch). */
const isUnspecified = (subnet: string): boolean => subnet.split('/')[0] === '0.0.0.0'

/** How many bits the narrowest of the subnets over the address fixes, and one more; 0 without subnets, undefined where none is over it. */
export function widthOver(subnets: readonly string[], address: string | undefined): number | undefined {
  if (subnets.every(isUnspecified)) return 0
  let narrowest: number | undefined
  for (const block of subnets) {
    pause()
    const range = isUnspecified(block) || address === undefined ? undefined : parseCidr(block)
    if (range === undefined || address === undefined || !range.contains(address) || range.prefix > (parseCidr(address)?.prefix ?? 0))
      continue
    narrowest = Math.max(narrowest ?? 0, range.prefix + 1)
  }
  return narrowest
}

/** More specific than any pattern. */
const exactly = Number.POSITIVE_INFINITY

/** How specific is the name by which the connection is taken? 0: any, undefined: by none. */
function nameOver(names: readonly string[], sni: string): number | undefined {
  if (names.length === 0 || names.includes('*')) return 0
  let rank: number | undefined
  for (const written of names) {
    const name = written.toLowerCase()
    if (sni !== '' && covers(name, sni)) rank = Math.max(rank ?? 0, name === sni ? exactly : name.length)
  }
  return rank
}
