import type { Resolvers } from '../generated/resolver-types.js'
import { dateTime } from './date-time.js'
import { proxyAnswer } from './proxy-config.js'
import { query } from './query.js'
import { topology } from './topology.js'
import { topologyVersion } from './topology-version.js'
import { visibleServiceConnection } from './visible-connection.js'

/** Every resolver that is more than reading a field of its parent. */
export const allResolvers: Resolvers = {
  DateTime: dateTime,
  ProxyAnswer: proxyAnswer,
  Query: query,
  Topology: topology,
  TopologyVersion: topologyVersion,
  VisibleServiceConnection: visibleServiceConnection,
  Node: { resolveType: (node) => ('number' in node ? 'TopologyVersion' : 'Topology') },
  AnsweringVersion: { resolveType: () => 'TopologyVersion' },
}
