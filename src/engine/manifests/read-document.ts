import type { Problem } from '../model/app-error.js'
import type { StatedPlaces } from '../model/topology/stated-places.js'
import type { TopologyHeader } from '../model/topology-document.js'
import { checkHeader } from './check-header.js'
import { documentInvalid, isProblem, type Origin, placeFaults } from './document-fault.js'
import type { DocumentUpload } from './document-text.js'
import { openFiles } from './files/open-files.js'
import { holdsObjects, isTopology } from './holds-objects.js'
import { ingestClusters } from './ingest-clusters.js'
import type { Ingested } from './ingested.js'
import { type ReadBody, readBody } from './read-body.js'
import { notesOfText } from './reading-notes.js'
import { resolveDocuments, resolveFiles, resolveResources } from './resolve-resources.js'
import { singleDocument } from './single-document.js'
import { splitDocument } from './split-document.js'
import { checkStatedPlaces, placedObjects } from './stated-places.js'

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
  if (cluster !== undefined && holdsObjects(body)) return readObjects(body, cluster, upload)
  return readTopology(body, upload, expected)
}

const readObjects = (body: ReadBody, cluster: string, upload: DocumentUpload): Ingested | Problem => {
  const file = upload.name ?? null
  const read = {
    header: { apiVersion: 'sightline/v1', kind: 'Topology', clusters: [{ name: cluster }] } satisfies TopologyHeader,
    resolved: [resolveDocuments(body.documents, file)],
    origin: { file, document: body.documents[0] },
    notes: notesOfText(file, body),
    came: 'AS_STREAM' as const,
  }
  const ingested = ingestClusters(read, upload)
  return isProblem(ingested) ? ingested : { ...ingested, assumedCluster: cluster }
}

const readTopology = (body: ReadBody, upload: DocumentUpload, expected: string): Ingested | Problem => {
  const file = upload.name ?? null
  const single = singleDocument(body, file, expected)
  if (isProblem(single)) return single
  const origin = { file, document: single.document }
  if (upload.cluster !== undefined && !isTopology(single.value)) return neither(expected, origin)
  const split = splitDocument(single.value)
  const faults = [...split.faults, ...checkHeader(split.header), ...checkStatedPlaces(split.places)]
  if (faults.length > 0) return documentInvalid(placeFaults(faults, origin))
  const header = split.header as TopologyHeader
  const stated = split.places as StatedPlaces | undefined
  const { files } = upload
  const atHand = files && { files, open: openFiles(files) }
  const resolved = header.clusters.map(({ name }, index) => {
    if (upload.isAlone === true && atHand !== undefined) {
      return resolveFiles(
        atHand.files.filter(({ cluster }) => cluster === name),
        atHand,
      )
    }
    const found = resolveResources(split.resources[index] ?? [], ['clusters', index, 'resources'], origin, atHand)
    return stated === undefined ? found : placedObjects(found, stated, name)
  })
  const notes = notesOfText(file, body)
  const came = upload.isAlone === true ? ({ came: 'AS_FILES' } as const) : ({ came: 'AS_DOCUMENT', written: single.value, stated } as const)
  const ingested = ingestClusters({ header, resolved, origin, notes, ...came }, upload)
  const [only, another] = header.clusters
  const isAssumed = upload.isAlone === true && only !== undefined && another === undefined && !isProblem(ingested)
  return isAssumed ? { ...ingested, assumedCluster: only.name } : ingested
}

/** Told once, instead of every field that a topology does not have. */
const neither = (expected: string, origin: Origin): Problem => {
  const detail = `${expected} is expected, and this is neither: it has no \`apiVersion\``
  return documentInvalid(placeFaults([{ code: 'SCHEMA', detail, path: [] }], origin))
}
