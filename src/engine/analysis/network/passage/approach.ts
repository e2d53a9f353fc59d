import type { NetworkGateway } from '../../../snapshot/networks/network-gateway.js'
import type { Client } from '../../call/call.js'
import type { Outcome } from '../../call/outcome.js'
import type { NetworkPath, RouteTarget } from '../../call/stage-values.js'

/** What a path becomes at the address it leads to: itself with a server, or one for each endpoint behind a gateway. */
export type Paths = Outcome<readonly NetworkPath[]>

/** A client on its way to an address; `gateway` is set where its control plane takes the address for a network's gateway. */
export interface Approach {
  readonly client: Client
  readonly target: RouteTarget | undefined
  readonly path: NetworkPath
  readonly gateway: NetworkGateway | undefined
}
