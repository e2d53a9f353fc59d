/**
 * Which filter chain of a listener takes a connection?
 *
 * Envoy goes by the address, then the server name, then whether the bytes are a request, and does not come back: of all chains those of the
 * narrowest subnet that holds the address are left, wherever they stand, then those of the most specific name among these. What none of them
 * takes is for the chain that asks for nothing. Rules ROUTE-2, ROUTE-9, ROUTE-10.
 */
import type { SpokenProtocol } from '../../../model/question.js'
import { parseCidr } from '../../../snapshot/networks/cidr.js'
import { covers, isWildcard } from '../../../snapshot/covers.js'
import { pausing } from '../../../pause.js'
import { remembered } from '../../../remembered.js'
import type { FilterChain } from './filter-chain.js'

/** What a connection shows: where it goes, an address or the whole block that stands for one; its server name, if it is TLS; what its bytes are. */
export interface Shown {
  readonly address: string | undefined
  /** '': none. */
  readonly sni: string
  readonly spoken: SpokenProtocol
}

export function chainTaking(chains: readonly FilterChain[], { address, sni, spoken }: Shown): FilterChain | undefined {
  const { within, anywhere, rest } = placed(chains)
  const near = mostFitting(within, ({ subnets }) => widthOver(subnets, address))
  const named = namedBy(near.length > 0 ? near : anywhere, sni)
  const requests = named.find(({ kind }) => kind === 'HTTP')
  // Where requests are expected, nothing else in plaintext is for those beside them.
  const found =
    spoken === 'TLS' || requests === undefined ? named.find(({ kind }) => kind !== 'HTTP') : spoken === 'HTTP' ? requests : undefined
  return found ?? rest
}

/** Chains by where they take connections: within blocks of addresses, anywhere, and what no other takes. */
const placed = remembered((chains: readonly FilterChain[]) => {
  const asking = chains.filter((chain) => !takesAll(chain))
  const isAnywhere = ({ subnets }: FilterChain): boolean => subnets.every(isUnspecified)
  return {
    within: asking.filter((chain) => !isAnywhere(chain)),
    anywhere: asking.filter(isAnywhere),
    rest: chains.findLast(takesAll),
  }
})

/** It asks for nothing, and takes what no other does. */
const takesAll = ({ kind, subnets, names }: FilterChain): boolean =>
  kind !== 'HTTP' && subnets.length === 0 && (names.length === 0 || names.includes('*'))

/** istiod makes none of a subnet of the unspecified address (core/listener.go, toFilterChainMatch). */
const isUnspecified = (subnet: string): boolean => subnet.split('/')[0] === '0.0.0.0'

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

/** How many bits the narrowest of the subnets over the address fixes, and one more; 0 without subnets, undefined where none is over it. */
export function widthOver(subnets: readonly string[], address: string | undefined): number | undefined {
  if (subnets.every(isUnspecified)) return 0
  if (address === undefined) return undefined
  let narrowest: number | undefined
  for (const range of pausing(rangesOf(subnets))) {
    if (!range.contains(address) || range.prefix > (parseCidr(address)?.prefix ?? 0)) continue
    narrowest = Math.max(narrowest ?? 0, range.prefix + 1)
  }
  return narrowest
}

const rangesOf = remembered((subnets: readonly string[]) =>
  subnets.flatMap((block) => (isUnspecified(block) ? [] : (parseCidr(block) ?? []))),
)

/** Those of the most specific name by which the connection is taken; those that ask for none, where no name is its own. */
function namedBy(chains: readonly FilterChain[], sni: string): readonly FilterChain[] {
  const { exact, patterns, unnamed } = namesOf(chains)
  if (sni === '') return unnamed
  const own = exact.get(sni) ?? mostFitting(patterns, ({ names }) => lengthOver(names, sni))
  return own.length > 0 ? own : unnamed
}

/** Thousands of hosts may be told apart by their names on one port. */
const namesOf = remembered((chains: readonly FilterChain[]) => {
  const asksForAny = ({ names }: FilterChain): boolean => names.length === 0 || names.includes('*')
  const exact = new Map<string, FilterChain[]>()
  const patterns: FilterChain[] = []
  for (const chain of pausing(chains)) {
    if (asksForAny(chain)) continue
    const names = new Set(chain.names.map((name) => name.toLowerCase()))
    for (const name of names) {
      if (isWildcard(name)) continue
      const known = exact.get(name)
      if (known === undefined) exact.set(name, [chain])
      else known.push(chain)
    }
    if (chain.names.some(isWildcard)) patterns.push(chain)
  }
  return { exact, patterns, unnamed: chains.filter(asksForAny) }
})

/** The length of the longest pattern over the name; undefined: none is. */
function lengthOver(names: readonly string[], sni: string): number | undefined {
  let longest: number | undefined
  for (const name of pausing(names)) {
    if (!isWildcard(name) || name.length <= (longest ?? 0)) continue
    if (covers(name.toLowerCase(), sni)) longest = name.length
  }
  return longest
}
