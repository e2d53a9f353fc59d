import type { Problem } from '../model/app-error.js'
import type { Finding } from '../model/report.js'
import type { ClusterHeader, TopologyHeader } from '../model/topology-document.js'
import { canonicalHeader } from './canonical-header.js'
import { canonicalJson } from './canonical-json.js'
import { checkClusterHeader } from './check-header.js'
import { documentInvalid, isProblem, placeFaults } from './document-fault.js'
import type { DocumentUpload } from './document-text.js'
import { duplicateObjects } from './duplicate-objects.js'
import { ingestCluster } from './ingest-cluster.js'
import type { IngestedPart } from './ingested.js'
import { ambiguousScalar, headerSecretRemoved } from './reading-notes.js'
import { removeSecrets } from './secrets/remove-secrets.js'
import { resolveResources } from './resolve-resources.js'
import { singleDocument } from './parsing/single-document.js'
import { splitEntry } from './split-document.js'

/** One cluster's entry taken in; the other clusters' parts stay as they are stored. */
export interface IngestedEntry {
  /** The base's header with this cluster replaced or added. */
  readonly header: TopologyHeader
  readonly headerJson: string
  readonly part: IngestedPart
  readonly notes: readonly Finding[]
}

/**
 * Takes in one entry of `clusters`, put in place of (or added to) the base's. The entry may leave out its name; another name
 * than `cluster` is a fault. The content hash is `contentHash(headerJson, all parts)`, which the caller knows.
 */
export const readClusterEntry = (upload: DocumentUpload, base: TopologyHeader | undefined, cluster: string): IngestedEntry | Problem => {
  const single = singleDocument(upload, 'an entry of `clusters`')
  if (isProblem(single)) return single
  const { document, value, ambiguous } = single
  const file = upload.name ?? null
  const split = splitEntry({ name: cluster, ...value })
  const faults = [...(split.fault === undefined ? [] : [split.fault]), ...checkClusterHeader(split.header)]
  if (faults.length === 0 && (split.header as ClusterHeader).name !== cluster)
    faults.push({ code: 'NAME_CONTRADICTED', detail: `the entry must have the name \`${cluster}\` of its address`, path: ['name'] })
  if (faults.length > 0) return documentInvalid(placeFaults(faults, document, file))
  const entry = split.header as ClusterHeader
  const resolved = resolveResources(split.resources, ['resources'], { file, lines: document.lines }, upload.files)
  const ingested = ingestCluster(cluster, entry.defaultNamespace ?? 'default', resolved.objects)
  const found = [...resolved.faults, ...ingested.faults]
  if (found.length + resolved.fileFaults.length > 0) return documentInvalid([...resolved.fileFaults, ...placeFaults(found, document, file)])
  if (ingested.duplicates.length > 0) return duplicateObjects(ingested.duplicates)
  const empty: TopologyHeader = { apiVersion: 'sightline/v1', kind: 'Topology', clusters: [] }
  const { clusters, ...rest } = base ?? empty
  const { value: kept, removed } = removeSecrets(entry)
  const header = canonicalHeader({ ...rest, clusters: [...clusters.filter(({ name }) => name !== cluster), kept] })
  const notes = [...ambiguous.map((position) => ambiguousScalar(file, position)), ...resolved.notes, ...ingested.notes]
  if (removed.length > 0) notes.push(headerSecretRemoved(removed, file))
  return { header, headerJson: canonicalJson(header), part: ingested.part, notes }
}
