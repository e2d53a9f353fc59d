import type { Fault, Problem } from '../model/app-error.js'
import type { Finding } from '../model/report.js'
import type { TopologyHeader } from '../model/topology-document.js'
import { canonicalHeader } from './canonical-header.js'
import { canonicalJson } from './canonical-json.js'
import { checkHeader } from './check-header.js'
import { contentHash } from './content-hash.js'
import { type DocumentFault, documentInvalid, isProblem, type Origin, placeFaults } from './document-fault.js'
import type { DocumentUpload } from './document-text.js'
import { duplicateObjects } from './duplicate-objects.js'
import { holdsObjects } from './holds-objects.js'
import { ingestCluster } from './ingest-cluster.js'
import type { Ingested } from './ingested.js'
import { type ReadBody, readBody } from './read-body.js'
import { headerSecretRemoved, notesOfText } from './reading-notes.js'
import { resolveDocuments, type ResolvedResources, resolveResources } from './resolve-resources.js'
import { removeSecrets } from './secrets/remove-secrets.js'
import { singleDocument } from './single-document.js'
import { splitDocument } from './split-document.js'

/**
 * Takes a document in: parsed under limits, checked against the schema, lists flattened, files included, secrets and noise
 * removed, in canonical form and hashed. Nothing of a faulty document is kept: a problem names every fault found, with its
 * place (at most 100).
 *
 * Where the upload names a `cluster`, a stream of Kubernetes objects is a document of that one cluster, of which nothing else is stated.
 */
export const readDocument = (upload: DocumentUpload): Ingested | Problem => {
  const { cluster } = upload
  const expected = cluster === undefined ? 'a topology document' : 'a topology document, or a stream of Kubernetes objects,'
  const body = readBody(upload, expected)
  if (isProblem(body)) return body
  if (cluster !== undefined && holdsObjects(body)) return readObjects(body, cluster, upload.name ?? null)
  return readTopology(body, upload, expected)
}

const readObjects = (body: ReadBody, cluster: string, file: string | null): Ingested | Problem => {
  const header: TopologyHeader = { apiVersion: 'sightline/v1', kind: 'Topology', clusters: [{ name: cluster }] }
  const notes = notesOfText(file, body)
  const ingested = ingest(header, [resolveDocuments(body.documents, file)], { file, document: body.documents[0] }, notes)
  return isProblem(ingested) ? ingested : { ...ingested, assumedCluster: cluster }
}

const readTopology = (body: ReadBody, upload: DocumentUpload, expected: string): Ingested | Problem => {
  const file = upload.name ?? null
  const single = singleDocument(body, file, expected)
  if (isProblem(single)) return single
  const origin = { file, document: single.document }
  const split = splitDocument(single.value)
  const faults = [...split.faults, ...checkHeader(split.header)]
  if (faults.length > 0) return documentInvalid(placeFaults(faults, origin))
  const header = split.header as TopologyHeader
  const resolved = header.clusters.map((_, index) =>
    resolveResources(split.resources[index] ?? [], ['clusters', index, 'resources'], origin, upload.files),
  )
  const notes = notesOfText(file, body)
  return ingest(header, resolved, origin, notes)
}

/** The clusters' objects are in the order of the header's clusters. */
const ingest = (
  sent: TopologyHeader,
  resolved: readonly ResolvedResources[],
  origin: Origin,
  seen: readonly Finding[],
): Ingested | Problem => {
  const notes = [...seen]
  const faults: DocumentFault[] = []
  const fileFaults: Fault[] = []
  const clusters = sent.clusters.map((cluster, index) => {
    const found = resolved[index] ?? { objects: [], faults: [], fileFaults: [], notes: [] }
    const ingested = ingestCluster(cluster.name, cluster.defaultNamespace ?? 'default', found.objects)
    faults.push(...found.faults, ...ingested.faults)
    fileFaults.push(...found.fileFaults)
    notes.push(...found.notes, ...ingested.notes)
    return ingested
  })
  if (faults.length + fileFaults.length > 0) return documentInvalid([...fileFaults, ...placeFaults(faults, origin)].slice(0, 100))
  const duplicates = clusters.flatMap((cluster) => cluster.duplicates)
  if (duplicates.length > 0) return duplicateObjects(duplicates)
  const { value: kept, removed } = removeSecrets(sent)
  if (removed.length > 0) notes.push(headerSecretRemoved(removed, origin.file))
  const header = canonicalHeader(kept)
  const headerJson = canonicalJson(header)
  const parts = clusters.map(({ part }) => part).sort((a, b) => (a.cluster < b.cluster ? -1 : 1))
  return { header, headerJson, contentHash: contentHash(headerJson, parts), parts, notes }
}
