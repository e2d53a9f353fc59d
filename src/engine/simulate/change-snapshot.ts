import type { TopologyHeader } from '../model/topology-document.js'
import type { ClusterResources } from '../resources/cluster-resources.js'
import { buildSnapshot } from '../snapshot/build-snapshot.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { withConfiguration } from '../snapshot/with-configuration.js'

/** What is different in a hypothetical version: what the document states, or the objects of some clusters. */
export interface Change {
  readonly header?: (header: TopologyHeader) => TopologyHeader
  readonly clusters?: ReadonlyMap<string, (resources: ClusterResources) => ClusterResources>
}

/**
 * The version as it would be after a change, which is stored nowhere and so has no content hash.
 *
 * Objects of clusters that do not change are shared with the version, and so is everything where nothing is made of what changes; else what is derived is worked
 * out anew, when it is asked for, because a change may reach anywhere. Objects that are new stand nowhere.
 */
export const changeSnapshot = (snapshot: Snapshot, { header, clusters }: Change): Snapshot => {
  const resources = new Map([...snapshot.clusters].map(([name, own]) => [name, clusters?.get(name)?.(own.resources) ?? own.resources]))
  const sharing = header === undefined ? withConfiguration(snapshot, resources) : undefined
  if (sharing !== undefined) return sharing
  return buildSnapshot({
    contentHash: '',
    header: header === undefined ? snapshot.header : header(snapshot.header),
    parts: [...resources].map(([cluster, own]) => ({ cluster, resources: own })),
  })
}
