import { remembered } from '../../remembered.js'
import { parseCidr } from '../../snapshot/networks/cidr.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'

/**
 * The blocks of addresses that a ServiceEntry has: its connections are told by them on the listener for every address (DNS-16).
 *
 * One of the unspecified address is none to a proxy: such an entry is there for every address.
 */
export const blocksOf = ({ registry, defaultAddresses }: MeshService): readonly string[] =>
  registry === 'SERVICE_ENTRY' ? defaultAddresses.filter((address) => address.includes('/') && !address.startsWith('0.0.0.0/')) : []

/** They as ranges, those that are none left out. */
const rangesOf = remembered((service: MeshService) =>
  blocksOf(service).flatMap((block) => {
    const range = parseCidr(block)
    return range === undefined ? [] : [{ block, range }]
  }),
)

/** The narrowest block of the service that holds one of the addresses, or the whole of a block that stands for one. */
export function blockOver(
  service: MeshService,
  dialled: readonly string[],
): { readonly block: string; readonly prefix: number } | undefined {
  let found: { readonly block: string; readonly prefix: number } | undefined
  for (const { block, range } of rangesOf(service)) {
    if (range.prefix <= (found?.prefix ?? 0)) continue
    const isHeld = (address: string): boolean => range.contains(address) && range.prefix <= (parseCidr(address)?.prefix ?? 0)
    if (dialled.some(isHeld)) found = { block, prefix: range.prefix }
  }
  return found
}
