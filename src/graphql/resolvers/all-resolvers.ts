import type { Resolvers } from '../generated/resolver-types.js'
import { dateTime } from './date-time.js'
import { cluster, controlPlane, network } from './inventory.js'
import { proxyAnswer } from './proxy-config.js'
import { query } from './query.js'
import { service } from './service.js'
import { topology } from './topology.js'
import { topologyVersion } from './topology-version.js'
import { visibleServiceConnection } from './visible-connection.js'
import { workload } from './workload.js'

/** Every resolver that is more than reading a field of its parent. */
export const allResolvers: Resolvers = {
  Cluster: cluster,
  ControlPlane: controlPlane,
  DateTime: dateTime,
  Network: network,
  ProxyAnswer: proxyAnswer,
  Query: query,
  Service: service,
  Topology: topology,
  TopologyVersion: topologyVersion,
  VisibleServiceConnection: visibleServiceConnection,
  Workload: workload,
  Node: { resolveType: (node) => ('number' in node ? 'TopologyVersion' : 'Topology') },
  AnsweringVersion: { resolveType: () => 'TopologyVersion' },
}
