import { remembered } from '../../remembered.js'
import type { Cluster } from '../snapshot.js'
import type { Workload } from './workload.js'

/** The gateway proxies of a cluster, in whatever namespace: few among many workloads. */
export const gatewaysOf = remembered((cluster: Cluster): readonly Workload[] =>
  cluster.namespaceNames.flatMap((namespace) => cluster.workloads(namespace).filter(({ dataPlane }) => dataPlane === 'GATEWAY')),
)
