import type { Assumption, Condition } from '../../model/step.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Service } from '../../resources/kubernetes/service.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { DistinctCaller } from '../likeness/distinct-callers.js'
import type { Said } from '../call/outcome.js'

/** One port at which a gateway is met from outside of its cluster, and where that leads. */
export interface Entrance {
  readonly cluster: Cluster
  /** Of the control plane that configures the gateway. */
  readonly view: ControlPlaneView
  /** The gateway's instances of one kind. */
  readonly proxy: DistinctCaller
  /** Undefined: it is taken to have one. */
  readonly service: Service | undefined
  /** What is dialled. */
  readonly port: number
  /** It is a node's port. */
  readonly nodePort?: true
  /** Where that arrives at the gateway's pod. */
  readonly podPort: number
  /** Where it is met; the first stands for all. */
  readonly addresses: readonly string[]
  /** Why nobody outside gets there; absent: it is open. */
  readonly closed?: Said
  readonly because: readonly ResourceRef[]
  readonly assumptions: readonly Assumption[]
  /** It is met in a private network. */
  readonly internal?: true
  /** Whom it is open to, if not to everybody. */
  readonly conditions?: readonly Condition[]
}

/** `namespace/name` of the gateway, as people call it. */
export const gatewayOf = ({ proxy: { workload } }: Entrance): string => `${workload.namespace}/${workload.owner.name}`

/** The same with its cluster, as a source names it. */
export const placeOf = (entrance: Entrance): string => `${entrance.cluster.name}/${gatewayOf(entrance)}`
