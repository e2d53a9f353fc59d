import { writeClusterYaml, writeHeaderYaml } from '#engine/manifests/write-yaml'
import type { ClusterHeader } from '#engine/model/topology/cluster-header'
import type { TopologyHeader } from '#engine/model/topology-document'
import type { Answered } from './analyst.js'
import type { VersionSource } from './version-source.js'
import type { Work } from './turn-taking/work.js'

/** A stretch of the document in YAML: everything before the first cluster, or one cluster. */
export function* renderYaml(version: VersionSource, cluster: string | undefined): Work<Answered<Uint8Array>> {
  const { header, parts } = yield* version.describe()
  const read = JSON.parse(header) as TopologyHeader
  if (cluster === undefined) return { value: Buffer.from(writeHeaderYaml(read), 'utf8') }
  const entry: ClusterHeader = read.clusters.find(({ name }) => name === cluster) ?? { name: cluster }
  const digest = parts.find((part) => part.cluster === cluster)?.digest
  const body = digest === undefined ? undefined : (yield* version.load([digest])).get(digest)
  const resources: unknown = body === undefined ? [] : JSON.parse(new TextDecoder().decode(body))
  return { value: Buffer.from(writeClusterYaml(entry, resources as readonly unknown[]), 'utf8') }
}
