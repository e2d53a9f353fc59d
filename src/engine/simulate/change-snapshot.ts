import type { TopologyHeader } from '../model/topology-document.js'
import type { ClusterResources } from '../resources/cluster-resources.js'
import { buildSnapshot } from '../snapshot/build-snapshot.js'
import type { Snapshot } from '../snapshot/snapshot.js'

/** What is different in a hypothetical version: what the document states, or the objects of some clusters. */
export interface Change {
  readonly header?: (header: TopologyHeader) => TopologyHeader
  readonly clusters?: ReadonlyMap<string, (resources: ClusterResources) => ClusterResources>
}

/**
 * The version as it would be after a change, which is stored nowhere and so has no content hash.
 *
 * Objects of clusters that do not change are shared with the version; what is derived from them is worked out anew, when it is asked
 * for, because a change may reach anywhere. Objects that are new stand nowhere.
 */
export const changeSnapshot = (snapshot: Snapshot, { header, clusters }: Change): Snapshot =>
  buildSnapshot({
    contentHash: '',
    header: header === undefined ? snapshot.header : header(snapshot.header),
    parts: [...snapshot.clusters.values()].map(({ name, resources }) => ({
      cluster: name,
      resources: clusters?.get(name)?.(resources) ?? resources,
    })),
  })
