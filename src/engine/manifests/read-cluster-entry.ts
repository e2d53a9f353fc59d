import type { Problem } from '../model/app-error.js'
import type { ClusterHeader, TopologyHeader } from '../model/topology-document.js'
import { canonicalHeader } from './canonical-header.js'
import { canonicalJson } from './canonical-json.js'
import { checkClusterHeader } from './check-header.js'
import { contentHash } from './content-hash.js'
import { documentInvalid, isProblem, placeFaults } from './document-fault.js'
import type { DocumentUpload } from './document-text.js'
import { duplicateObjects } from './duplicate-objects.js'
import { ingestCluster } from './ingest-cluster.js'
import type { Ingested } from './ingested.js'
import { ambiguousScalar } from './reading-notes.js'
import { resolveResources } from './resolve-resources.js'
import { singleDocument } from './single-document.js'
import { splitEntry } from './split-document.js'

/**
 * Takes in one entry of `clusters`, put in place of (or added to) the base's. The entry may leave out its name; another name
 * than `cluster` is a fault. `others` are the digests of the base's other clusters, for the content hash; the result's only part
 * is this cluster's, while its header is the whole one.
 */
export const readClusterEntry = (
  upload: DocumentUpload,
  base: TopologyHeader | undefined,
  cluster: string,
  others: readonly { readonly cluster: string; readonly digest: string }[],
): Ingested | Problem => {
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
  const header = canonicalHeader({ ...rest, clusters: [...clusters.filter(({ name }) => name !== cluster), entry] })
  const notes = [...ambiguous.map((position) => ambiguousScalar(file, position)), ...resolved.notes, ...ingested.notes]
  const headerJson = canonicalJson(header)
  const hash = contentHash(headerJson, [...others.filter((other) => other.cluster !== cluster), ingested.part])
  return { header, headerJson, contentHash: hash, parts: [ingested.part], notes }
}
