import type { Ingested } from '#engine/manifests/ingested'
import { readDocument } from '#engine/manifests/read-document'
import { readClusterResources } from '#engine/resources/read-cluster-resources'
import { needsRules, noticeOriginals, type Originals } from '#engine/rules/originals'
import { loadRules, loadSchemas } from '#engine/schemas/load-schemas'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import type { Snapshot } from '#engine/snapshot/snapshot'

const encoder = new TextEncoder()

/** A topology written as YAML, `apiVersion` and `kind` left out or not, through everything a document goes through. */
export const snapshotOf = (yaml: string): Snapshot => {
  const { contentHash, header, parts: ingested } = ingestedOf(yaml)
  const parts = ingested.map(({ cluster, digest, body }) => ({ cluster, resources: readClusterResources(digest, body) }))
  return buildSnapshot({ contentHash, header, parts })
}

/** What rules about the writing are handed: what was noticed of the objects as they came, and what runs their rules. */
export const originalsOf = async (yaml: string): Promise<Originals> => {
  const kinds = await loadSchemas()
  const of = new Map(ingestedOf(yaml).parts.map(({ cluster, body }) => [cluster, toEnd(noticeOriginals(kinds, body))]))
  return { of, checkRules: needsRules(of) ? await loadRules() : undefined }
}

const ingestedOf = (yaml: string): Ingested => {
  const text = /^\s*apiVersion: sightline|^\{/m.test(yaml) ? yaml : `apiVersion: sightline/v1\nkind: Topology\n${yaml.replace(/^\n+/, '')}`
  const ingested = readDocument({ body: encoder.encode(text), mediaType: 'application/yaml', name: 'topology.yaml' })
  if (!('parts' in ingested)) throw new Error(`${ingested.message}: ${JSON.stringify(ingested.details)}`)
  return ingested
}

function toEnd<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const { value, done } = steps.next()
    if (done === true) return value
  }
}
