import type { Fault, Problem } from '../model/app-error.js'
import type { Finding } from '../model/report.js'
import type { TopologyHeader } from '../model/topology-document.js'
import { canonicalHeader } from './canonical-header.js'
import { canonicalJson } from './canonical-json.js'
import { checkHeader } from './check-header.js'
import { contentHash } from './content-hash.js'
import { type DocumentFault, documentInvalid, isProblem, placeFaults } from './document-fault.js'
import type { DocumentUpload } from './document-text.js'
import { duplicateObjects } from './duplicate-objects.js'
import { ingestCluster } from './ingest-cluster.js'
import type { Ingested } from './ingested.js'
import type { ParsedDocument } from './parsing/parsed-text.js'
import { ambiguousScalar, headerSecretRemoved } from './reading-notes.js'
import { removeSecrets } from './secrets/remove-secrets.js'
import { resolveResources } from './resolve-resources.js'
import { singleDocument } from './parsing/single-document.js'
import { splitDocument } from './split-document.js'

/**
 * Takes a document in: parsed under limits, checked against the schema, lists flattened, files included, secrets and noise
 * removed, in canonical form and hashed. Nothing of a faulty document is kept: a problem names every fault found, with its
 * place (at most 100).
 */
export const readDocument = (upload: DocumentUpload): Ingested | Problem => {
  const single = singleDocument(upload, 'a topology document')
  if (isProblem(single)) return single
  const { document, value, ambiguous } = single
  const file = upload.name ?? null
  const split = splitDocument(value)
  const faults = [...split.faults, ...checkHeader(split.header)]
  if (faults.length > 0) return documentInvalid(placeFaults(faults, document, file))
  const notes = ambiguous.map((position) => ambiguousScalar(file, position))
  return ingest({ header: split.header as TopologyHeader, resources: split.resources, upload, document, notes })
}

interface Checked {
  readonly header: TopologyHeader
  readonly resources: readonly (readonly unknown[])[]
  readonly upload: DocumentUpload
  readonly document: ParsedDocument
  readonly notes: readonly Finding[]
}

const ingest = ({ header: sent, resources, upload, document, notes: seen }: Checked): Ingested | Problem => {
  const file = upload.name ?? null
  const notes = [...seen]
  const faults: DocumentFault[] = []
  const otherFaults: Fault[] = []
  const clusters = sent.clusters.map((cluster, index) => {
    const resolved = resolveResources(
      resources[index] ?? [],
      ['clusters', index, 'resources'],
      { file, lines: document.lines },
      upload.files,
    )
    const ingested = ingestCluster(cluster.name, cluster.defaultNamespace ?? 'default', resolved.objects)
    faults.push(...resolved.faults, ...ingested.faults)
    otherFaults.push(...resolved.fileFaults)
    notes.push(...resolved.notes, ...ingested.notes)
    return ingested
  })
  if (faults.length + otherFaults.length > 0) return documentInvalid([...otherFaults, ...placeFaults(faults, document, file)].slice(0, 100))
  const duplicates = clusters.flatMap((cluster) => cluster.duplicates)
  if (duplicates.length > 0) return duplicateObjects(duplicates)
  const { value: kept, removed } = removeSecrets(sent)
  if (removed.length > 0) notes.push(headerSecretRemoved(removed, file))
  const header = canonicalHeader(kept)
  const headerJson = canonicalJson(header)
  const parts = clusters.map(({ part }) => part).sort((a, b) => (a.cluster < b.cluster ? -1 : 1))
  return { header, headerJson, contentHash: contentHash(headerJson, parts), parts, notes }
}
