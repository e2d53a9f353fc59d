import type { MeshService } from '../../snapshot/services/mesh-service.js'

/**
 * The host of a ServiceEntry as it is written, where that has capital letters; undefined: it has none.
 *
 * A proxy's cluster is named after the host as it is written, a route that nobody wrote after the same in small letters: the two do not meet (ROUTE-3).
 */
export const spelledHost = ({ hostname, entries }: MeshService): string | undefined =>
  entries.map(({ spelledHosts }) => spelledHosts?.[hostname]).find((spelled) => spelled !== undefined)
