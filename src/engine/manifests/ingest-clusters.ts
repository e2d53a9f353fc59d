import type { Problem } from '../model/app-error.js'
import { groupLeftOut, type LeftOut } from '../model/left-out.js'
import type { Finding } from '../model/report.js'
import type { StatedPlaces } from '../model/topology/stated-places.js'
import type { TopologyHeader } from '../model/topology-document.js'
import { canonicalHeader } from './canonical-header.js'
import { canonicalJson } from './canonical-json.js'
import { contentHash } from './content-hash.js'
import { documentInvalid, type Origin, placeFaults } from './document-fault.js'
import type { DocumentUpload } from './document-text.js'
import { type Duplicate, duplicateObjects } from './duplicate-objects.js'
import type { LostObjects } from './files/lost-objects.js'
import { markUnread } from './files/mark-unread.js'
import { headerPlaces, noHeaderPlaces } from './header-places.js'
import { ingestCluster, type IngestedCluster } from './ingest-cluster.js'
import type { HeaderPlaces, Ingested } from './ingested.js'
import { limits } from './parsing/limits.js'
import { keyOf } from './name-nameless.js'
import { brokenPassedOver, duplicateTaken, headerSecretRemoved } from './reading-notes.js'
import type { ResolvedResources } from './resolve-resources.js'
import { removeSecrets } from './secrets/remove-secrets.js'
import { statedEntries } from './stated-places.js'

/** A header that is checked, with the objects of its clusters, in its order. */
export interface Clusters {
  readonly header: TopologyHeader
  readonly resolved: readonly ResolvedResources[]
  readonly origin: Origin
  readonly notes: readonly Finding[]
  /** A document's own faults are never passed over. */
  readonly came: 'AS_DOCUMENT' | 'AS_STREAM' | 'AS_FILES'
  /** The document that states the header, as it came; absent where nobody wrote one. */
  readonly written?: Readonly<Record<string, unknown>> | undefined
  /** What it says of where it was written. */
  readonly stated?: StatedPlaces | undefined
}

/** All clusters' objects in canonical form; a problem where one of them is faulty, or a note where the upload lets it be passed over. */
export const ingestClusters = (read: Clusters, upload: Pick<DocumentUpload, 'lenient' | 'leftOut'>): Ingested | Problem => {
  const { header: sent, resolved, origin } = read
  const clusters = sent.clusters.map((cluster, index) =>
    ingestCluster(cluster.name, cluster.defaultNamespace ?? 'default', resolved[index]?.objects ?? []),
  )
  const leftOut = groupLeftOut([...(upload.leftOut ?? []), ...resolved.flatMap((each) => each.leftOut)])
  const passedOver = passOver(read, clusters, upload.lenient === true)
  if ('code' in passedOver) return passedOver
  if (read.came === 'AS_FILES' && hasNothing(clusters)) return nothingButOthers(leftOut)
  const { value: clean, removed } = removeSecrets(sent)
  const kept = { ...clean, clusters: clean.clusters.map((cluster, index) => markUnread(cluster, lostOf(resolved[index], clusters[index]))) }
  const notes = [
    ...read.notes,
    ...resolved.flatMap((each) => each.notes),
    ...passedOver.notes,
    ...clusters.flatMap((each) => each.notes),
    ...(removed.length > 0 ? [headerSecretRemoved(removed, origin.file)] : []),
  ]
  const header = canonicalHeader(kept)
  const headerJson = canonicalJson(header)
  const parts = clusters.map(({ part }) => part).sort((a, b) => (a.cluster < b.cluster ? -1 : 1))
  const places = placesOfHeader(read, kept, header)
  return { header, headerJson, places, contentHash: contentHash(headerJson, parts), parts, notes, leftOut }
}

/** Of a cluster that is taken without it. */
const lostOf = (ofFiles: ResolvedResources | undefined, ofObjects: IngestedCluster | undefined): readonly LostObjects[] => [
  ...(ofFiles?.lost ?? []),
  ...(ofObjects?.lost ?? []),
]

const placesOfHeader = ({ written, stated, origin }: Clusters, kept: TopologyHeader, header: TopologyHeader): HeaderPlaces => {
  if (stated !== undefined) return statedEntries(stated, header)
  return written === undefined ? noHeaderPlaces : headerPlaces(written, origin, kept, header)
}

/** Faults of files, and objects that contradict each other in files that nobody listed, are passed over where that may be. */
const passOver = (
  { resolved, origin, came }: Clusters,
  clusters: readonly IngestedCluster[],
  lenient: boolean,
): Problem | { readonly notes: readonly Finding[] } => {
  const isDocument = came === 'AS_DOCUMENT'
  const faults = [...resolved, ...clusters].flatMap((each) => each.faults)
  const ofFiles = resolved.flatMap((each) => each.fileFaults)
  const ofDocument = faults.filter((fault) => fault.origin === undefined || fault.origin.document === origin.document)
  const broken = [...ofFiles, ...placeFaults(faults, origin)].slice(0, limits.faults)
  const nothing = hasNothing(clusters)
  const mayPass = lenient && !nothing && !(isDocument && ofDocument.length > 0)
  if (broken.length > 0 && !mayPass) return documentInvalid(broken)
  const duplicates = clusters.flatMap((cluster) => cluster.duplicates)
  if (duplicates.length > 0 && (!lenient || isDocument)) return duplicateObjects(duplicates)
  return { notes: [...broken.map(brokenPassedOver), ...byObject(duplicates).map(duplicateTaken)] }
}

const hasNothing = (clusters: readonly IngestedCluster[]): boolean => clusters.every(({ part }) => part.places.objects.length === 0)

/** Files, none of which holds an object: an answer about nothing would mislead. */
const nothingButOthers = (leftOut: readonly LeftOut[]): Problem =>
  documentInvalid(
    leftOut.flatMap(({ message, files }) =>
      files.map((file) => ({ code: 'DOCUMENT_EMPTY', detail: message, source: { file, line: null } })),
    ),
    'there are no Kubernetes objects in these files',
  )

/** Duplicates of one object together, in the order in which they replace each other. */
const byObject = (duplicates: readonly Duplicate[]): readonly (readonly [Duplicate, ...Duplicate[]])[] => {
  const found = new Map<string, [Duplicate, ...Duplicate[]]>()
  for (const duplicate of duplicates) {
    const key = `${duplicate.cluster}\n${keyOf(duplicate.identity)}`
    const known = found.get(key)
    if (known === undefined) found.set(key, [duplicate])
    else known.push(duplicate)
  }
  return [...found.values()]
}
