import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { type BoundServer, mergedServers } from './merged-servers.js'

const none: readonly BoundServer[] = []

/** Servers of Gateway objects that listen at this port of the gateway's pod. Rules NET-30, TLS-13. */
export const gatewayServersAt = (view: ControlPlaneView, cluster: Cluster, gateway: Workload, port: number): readonly BoundServer[] =>
  mergedServers(view, cluster, gateway).at.get(port) ?? none
