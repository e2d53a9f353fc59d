import { expect } from 'vitest'
import { isProblem } from '#engine/manifests/document-fault'
import type { Ingested } from '#engine/manifests/ingested'
import { readDocument } from '#engine/manifests/read-document'
import type { Fault, Problem } from '#engine/model/app-error'

export type RawObject = Readonly<Record<string, unknown>>

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

export const readYaml = (text: string, name?: string): Ingested | Problem =>
  readDocument({ body: bytes(text), mediaType: 'application/yaml', ...(name === undefined ? {} : { name }) })

export const readJson = (text: string): Ingested | Problem => readDocument({ body: bytes(text), mediaType: 'application/json' })

/** The document, which must have been taken in. */
export const taken = (result: Ingested | Problem): Ingested => {
  if (isProblem(result)) throw new Error(JSON.stringify(result, null, 1))
  return result
}

/** The faults of a document that must have been refused. */
export const refused = (result: Ingested | Problem): { readonly code: string; readonly errors: readonly Fault[] } => {
  expect(isProblem(result)).toBe(true)
  if (!isProblem(result)) throw new Error('the document was taken in')
  return { code: result.code, errors: result.details.errors ?? [] }
}

/** Objects of a cluster as they are stored. */
export const stored = (ingested: Ingested, cluster = 'west'): readonly RawObject[] =>
  JSON.parse(new TextDecoder().decode(ingested.parts.find((part) => part.cluster === cluster)?.body)) as RawObject[]

/** Everything that would be stored or told of a document, as one text. */
export const everything = (result: Ingested | Problem): string =>
  isProblem(result)
    ? JSON.stringify(result)
    : [result.headerJson, JSON.stringify(result.notes), ...result.parts.map((part) => new TextDecoder().decode(part.body))].join('\n')

/** A document with one cluster, `west`, that holds these objects. */
export const withObjects = (...resources: readonly unknown[]): string =>
  JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters: [{ name: 'west', resources }] })

/** A YAML document with one cluster, `west`; `resources` is YAML that begins at its own margin, indented by 6. */
export const yamlDocument = (resources: string): string =>
  `apiVersion: sightline/v1\nkind: Topology\nclusters:\n  - name: west\n    resources:\n${resources}`

export const configMap = (data: RawObject, metadata: RawObject = {}): RawObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'shop', ...metadata },
  data,
})
