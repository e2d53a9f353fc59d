import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { isVisitor } from '../../snapshot/workloads/visitor.js'
import { isMachine, type Workload } from '../../snapshot/workloads/workload.js'

/** The network on which an instance's packets really travel, whatever a control plane believes; '' when nothing says. */
export const physicalNetwork = (workload: Workload, cluster: Cluster | undefined): string =>
  workload.networkLabel || (cluster?.network.value ?? '') || workload.proxyNetwork

/** A machine on a network of its own. */
const isElsewhere = (workload: Workload): boolean => isMachine(workload) && workload.networkLabel !== ''

/**
 * May packets of `from` reach an instance by its own IP? Pods of one cluster always reach each other; a machine is where its WorkloadEntry says,
 * whichever cluster holds the entry. Rules EDS-21, NET-37, NET-38.
 */
export function reachesDirectly(snapshot: Snapshot, from: Workload, to: Workload): boolean {
  if (isVisitor(from)) return false
  if (from.cluster === to.cluster && !isElsewhere(from) && !isElsewhere(to)) return true
  const [one, other] = [from, to].map((end) => physicalNetwork(end, snapshot.clusters.get(end.cluster)))
  return snapshot.routable(one ?? '', other ?? '')
}
