import { ipFamily } from '../../istiod/matching/ip-family.js'
import { blockTakes, isBlock } from '../authorization/block-takes.js'
import { allOf, type Match, maybe, no, yes } from './match.js'

/** No pod and no gateway has such an address, so that a block of them decides nothing. */
const linkLocal = '169.254.0.0/16'

const isEverything = (cidr: string): boolean => cidr.endsWith('/0')

/** How much of where a peer may be does a block take in? `[]`: it may be anywhere. Rule NP-11. */
const takes = (cidr: string, among: readonly string[], name: string): Match => {
  if (!isBlock(cidr)) return maybe(`what the block \`${cidr}\` takes in`)
  const known = among.length > 0
  if (isEverything(cidr)) return known && among.every((one) => isOtherFamily(cidr, one)) ? no : yes
  if (!known) return blockTakes(linkLocal, cidr) === 'ALL' ? no : maybe(`the address of ${name}`)
  const taken = new Set(among.map((one) => blockTakes(cidr, one)))
  if (taken.size > 1 || taken.has('SOME')) return maybe(`the address of ${name}`)
  return taken.has('ALL') ? yes : no
}

/** Is it open whether an address that nobody knows is in the block? So it is for all blocks but the widest, and those that no pod has an address in. */
export const mayTakeAny = (cidr: string): boolean => isBlock(cidr) && !isEverything(cidr) && blockTakes(linkLocal, cidr) !== 'ALL'

const isOtherFamily = (cidr: string, address: string): boolean =>
  ipFamily(cidr.split('/')[0] ?? '') !== ipFamily(address.split('/')[0] ?? '')

/** Does the block take the peer, with all that it leaves out? */
export const matchBlock = (cidr: string, except: readonly string[], among: readonly string[], name: string): Match =>
  allOf([
    takes(cidr, among, name),
    ...except.map((one) => {
      const out = takes(one, among, name)
      return out.value === 'MAYBE' ? out : out.value === 'YES' ? no : yes
    }),
  ])
