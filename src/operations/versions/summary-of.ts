import type { TopologySummary, VersionSummary } from '#engine/model/stored/stored-version'
import type { ListedVersion, Topology } from '#store/store'

/** What users see of a stored version. */
export const summaryOf = (version: ListedVersion): VersionSummary => ({
  topology: version.topology,
  number: version.number,
  contentHash: version.contentHash,
  createdAt: version.createdAt.toISOString(),
  message: version.message,
  author: version.author,
  tags: [...version.tags],
})

/** What users see of a topology. */
export const topologySummaryOf = (topology: Topology): TopologySummary => ({
  name: topology.name,
  description: topology.description,
  compatibility: topology.compatibility,
  createdAt: topology.createdAt.toISOString(),
  head: topology.head,
})
