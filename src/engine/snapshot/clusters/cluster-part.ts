import type { ClusterHeader } from '../../model/topology/cluster-header.js'
import type { ClusterResources } from '../../resources/cluster-resources.js'
import { readClusterResources } from '../../resources/read-cluster-resources.js'
import { findIstiods, type Istiod } from '../control-planes/find-istiods.js'
import { referencesOf } from '../references.js'
import type { Cluster } from '../snapshot.js'

/** One cluster's objects. */
export interface SnapshotPart {
  readonly cluster: string
  readonly resources: ClusterResources
}

/** What is at hand of a cluster before anything is derived. */
export interface ClusterPart {
  readonly header: ClusterHeader
  /** Path of the header inside the document. */
  readonly path: string
  readonly resources: ClusterResources
  readonly ref: Cluster['ref']
  readonly istiods: readonly Istiod[]
}

/** The clusters of the header with their objects; a cluster without a part has none. */
export const clusterPartsOf = (headers: readonly ClusterHeader[], parts: readonly SnapshotPart[]): ReadonlyMap<string, ClusterPart> => {
  const byName = new Map(parts.map((part) => [part.cluster, part]))
  return new Map(
    headers.map((header, position) => {
      const part = byName.get(header.name)
      const resources = part?.resources ?? readClusterResources('', new TextEncoder().encode('[]'))
      const ref = referencesOf(header.name)
      return [header.name, { header, path: `clusters[${position}]`, resources, ref, istiods: findIstiods(resources, ref) }]
    }),
  )
}
