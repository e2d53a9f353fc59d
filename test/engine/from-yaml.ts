import { load } from 'js-yaml'
import type { TopologyDocument } from '#engine/model/topology-document'
import { readClusterResources } from '#engine/resources/read-cluster-resources'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import type { Snapshot } from '#engine/snapshot/snapshot'

const defaults = { apiVersion: 'sightline/v1', kind: 'Topology' } as const

/** A snapshot of a topology written as YAML; `apiVersion` and `kind` may be left out. */
export const snapshotOf = (yaml: string): Snapshot => {
  const document = { ...defaults, ...(load(yaml) as TopologyDocument) }
  const clusters = document.clusters ?? []
  const header = { ...document, clusters: clusters.map(({ resources: _, ...entry }) => entry) }
  const parts = clusters.map(({ name, resources }) => {
    const body = new TextEncoder().encode(JSON.stringify(resources ?? []))
    return { cluster: name, resources: readClusterResources(`sha256 of ${name}`, body) }
  })
  return buildSnapshot({ contentHash: 'sha256:test', header, parts })
}
