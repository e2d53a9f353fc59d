import type { Arriving } from './match-ports.js'
import type { Standpoint } from './match-peer.js'
import type { Peer } from './peer.js'

/** One connection as the policies at one of its ends see it. */
export interface Seen {
  readonly at: Omit<Standpoint, 'namespace'>
  /** The pod that is judged, by its name. */
  readonly subject: string
  /** It uses its node's network, which the API leaves open (NP-4). */
  readonly onHostNetwork: boolean
  readonly other: Peer
  readonly arriving: Arriving
}

/** What the connection is, from the judged end: `takes from x at port 80`. */
export const tellConnection = ({ at, other, arriving }: Seen): string => {
  const port = `port ${arriving.port}${arriving.protocol === 'TCP' ? '' : `/${arriving.protocol}`}`
  return at.direction === 'INGRESS' ? `${other.name} at ${port}` : `${port} of ${other.name}`
}
