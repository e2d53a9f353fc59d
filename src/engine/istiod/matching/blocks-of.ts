import type { MeshService } from '../../snapshot/services/mesh-service.js'

/**
 * The blocks of addresses that a ServiceEntry has: its connections are told by them on the listener for every address (DNS-16).
 *
 * One of the unspecified address is none to a proxy: such an entry is there for every address.
 */
export const blocksOf = ({ registry, defaultAddresses }: MeshService): readonly string[] =>
  registry === 'SERVICE_ENTRY' ? defaultAddresses.filter((address) => address.includes('/') && !address.startsWith('0.0.0.0/')) : []
