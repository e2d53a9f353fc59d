import type { EgressListener } from '../../../istiod/scope/egress-listeners.js'
import type { L4Match, L4Route, VirtualService } from '../../../resources/istio/virtual-service.js'
import type { MeshPort, MeshService } from '../../../snapshot/services/mesh-service.js'

/** One filter chain of a sidecar's outbound listener: what it takes, and for whom. */
export type FilterChain = ConnectionChain | RequestChain

interface Asking {
  /** Blocks of addresses by which it takes connections; none: by any. */
  readonly subnets: readonly string[]
  /** Server names by which it takes connections; none: by any. */
  readonly names: readonly string[]
}

export interface ConnectionChain extends Asking {
  readonly kind: 'TLS' | 'TCP'
  readonly record: MeshService
  readonly listener: EgressListener
  /** Does it listen for its own address? */
  readonly byAddress: boolean
  /** As the listener reads it. */
  readonly port: MeshPort
  /** The route by which it leads them on; undefined: to the record itself. */
  readonly routing: ChainRouting | undefined
}

export interface RequestChain extends Asking {
  readonly kind: 'HTTP'
  /** Whose requests alone have routes; undefined: those of all services of the port. */
  readonly record: MeshService | undefined
}

export interface ChainRouting {
  readonly virtualService: VirtualService
  readonly route: L4Route
  readonly path: string
  /** The blocks of the route by which it takes connections. */
  readonly blocks: readonly L4Match[]
}
