import type { ResourceRef } from '../../model/resource-ref.js'
import type { Workload } from '../../snapshot/workloads/workload.js'

/** An endpoint of a service's port as a control plane holds it (EDS-1 … EDS-21). */
export interface Endpoint {
  /** IP, hostname (DNS types), or '' (EDS-23). */
  readonly address: string
  readonly port: number
  readonly portName: string
  /** Number of the ServiceEntry's port that it was made for, where one made it: clusters of names find it by that, not by the name (VIS-10). */
  readonly entryPort?: number
  /** Cluster ID it is filed under: the config cluster's for ServiceEntry endpoints (VIS-34). */
  readonly cluster: string
  readonly network: string
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
  readonly locality: string
  readonly weight: number
  readonly serviceAccount: string
  readonly tlsMode: string
  readonly health: 'HEALTHY' | 'UNHEALTHY' | 'DRAINING' | 'TERMINATING'
  readonly nodeName: string
  readonly workload: Workload | undefined
  readonly origin: 'SLICE' | 'SYNTHESISED' | 'SERVICE_ENTRY' | 'WORKLOAD_ENTRY'
  readonly because: readonly ResourceRef[]
  /** It is met at a port at which nothing of it is known to listen; it listens at `own`. */
  readonly closed?: { readonly own: number }
}
