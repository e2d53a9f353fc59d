import { readDocument } from '#engine/manifests/read-document'
import { readClusterResources } from '#engine/resources/read-cluster-resources'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import type { Snapshot } from '#engine/snapshot/snapshot'

const encoder = new TextEncoder()

/** A topology written as YAML, `apiVersion` and `kind` left out or not, through everything a document goes through. */
export const snapshotOf = (yaml: string): Snapshot => {
  const text = /^\s*apiVersion: sightline|^\{/m.test(yaml) ? yaml : `apiVersion: sightline/v1\nkind: Topology\n${yaml.replace(/^\n+/, '')}`
  const ingested = readDocument({ body: encoder.encode(text), mediaType: 'application/yaml', name: 'topology.yaml' })
  if (!('parts' in ingested)) throw new Error(`${ingested.message}: ${JSON.stringify(ingested.details)}`)
  const { contentHash, header } = ingested
  const parts = ingested.parts.map(({ cluster, digest, body }) => ({
    cluster,
    resources: readClusterResources(digest, body),
  }))
  return buildSnapshot({ contentHash, header, parts })
}
