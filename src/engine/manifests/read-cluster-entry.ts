import type { Problem } from '../model/app-error.js'
import { groupLeftOut, type LeftOut } from '../model/left-out.js'
import type { Finding } from '../model/report.js'
import type { ClusterHeader } from '../model/topology/cluster-header.js'
import type { RemovedSecret } from '../model/topology/removed-secret.js'
import type { TopologyHeader } from '../model/topology-document.js'
import { canonicalHeader } from './canonical-header.js'
import { canonicalJson } from './canonical-json.js'
import { checkClusterHeader } from './check-header.js'
import { documentInvalid, isProblem, type Origin, placeFaults } from './document-fault.js'
import type { DocumentUpload } from './document-text.js'
import { duplicateObjects } from './intake/duplicate-objects.js'
import type { EntryPlace } from './entry-place.js'
import { holdsObjects } from './holds-objects.js'
import { type IngestedCluster, openIntake } from './intake/open-intake.js'
import { nothingButOthers } from './ingest-clusters.js'
import type { IngestedPart } from './ingested.js'
import type { RawObject } from './raw-object.js'
import { type ReadBody, readBody } from './read-body.js'
import { headerSecretRemoved, notesOfText } from './reading-notes.js'
import { resolveDocuments, type ResolvedResources, resolveResources } from './resolve-resources.js'
import { type Notice, noticeNothing, sealedPart } from './intake/sealed-part.js'
import { placeRemoved } from './secrets/place-removed.js'
import { removeSecrets } from './secrets/remove-secrets.js'
import { singleDocument } from './single-document.js'
import { splitEntry } from './split-document.js'

/** One cluster's entry taken in; the other clusters' parts stay as they are stored. */
export interface IngestedEntry<L = unknown> {
  /** The base's header with this cluster replaced or added. */
  readonly header: TopologyHeader
  readonly headerJson: string
  readonly part: IngestedPart<L>
  /** Where the entry itself was written; absent where it was not: the base's stays. */
  readonly place?: EntryPlace
  readonly notes: readonly Finding[]
  /** Secrets that were removed from objects, each with the place of its field. */
  removed(): readonly RemovedSecret[]
  /** Documents of a stream that are no objects. */
  readonly leftOut: readonly LeftOut[]
}

/** What an upload says of the cluster: its own header, and its objects. */
interface Entry {
  readonly header: ClusterHeader
  readonly resolve: (take: (object: RawObject) => void) => ResolvedResources
  readonly origin: Origin
  readonly place?: EntryPlace
}

const expected = 'an entry of `clusters`, or a stream of Kubernetes objects,'

/**
 * Takes in one entry of `clusters`, put in place of (or added to) the base's. The entry may leave out its name; another name
 * than `cluster` is a fault. The content hash is `contentHash(headerJson, all parts)`, which the caller knows.
 *
 * A stream of Kubernetes objects takes the place of the cluster's objects; what the base states of the cluster stays, as a stream says
 * nothing of it.
 */
export function readClusterEntry(upload: DocumentUpload, base: TopologyHeader | undefined, cluster: string): IngestedEntry | Problem
export function readClusterEntry<L>(
  upload: DocumentUpload,
  base: TopologyHeader | undefined,
  cluster: string,
  notice: Notice<L>,
): IngestedEntry<L> | Problem
export function readClusterEntry(
  upload: DocumentUpload,
  base: TopologyHeader | undefined,
  cluster: string,
  notice: Notice<unknown> = noticeNothing,
): IngestedEntry | Problem {
  const body = readBody(upload, expected)
  if (isProblem(body)) return body
  const stated = base?.clusters.find(({ name }) => name === cluster) ?? { name: cluster }
  const entry = holdsObjects(body) ? streamOf(body, stated, upload.name ?? null) : entryOf(body, upload, cluster)
  if (isProblem(entry)) return entry
  const { header: sent, origin, place } = entry
  const intake = openIntake(cluster, sent.defaultNamespace ?? 'default', sealedPart(notice))
  const resolved = entry.resolve(intake.take)
  const ingested = intake.close()
  const leftOut = groupLeftOut(resolved.leftOut)
  const problem = problemOf(resolved, ingested, leftOut, origin)
  if (problem !== undefined) return problem
  const { value: kept, removed } = removeSecrets(sent)
  const header = withCluster(base, kept)
  const notes = [...notesOfText(origin.file, body), ...resolved.notes, ...ingested.notes]
  if (removed.length > 0) notes.push(headerSecretRemoved(removed, origin.file))
  return {
    header,
    headerJson: canonicalJson(header),
    part: ingested.part,
    notes,
    removed: () => placeRemoved(ingested.removed),
    leftOut,
    ...(place === undefined ? {} : { place }),
  }
}

/** Nothing is taken of an upload in which something is wrong, or no object. */
const problemOf = (
  { faults, fileFaults }: ResolvedResources,
  ingested: IngestedCluster<IngestedPart>,
  leftOut: readonly LeftOut[],
  origin: Origin,
): Problem | undefined => {
  const found = [...faults, ...ingested.faults]
  if (found.length + fileFaults.length > 0) return documentInvalid([...fileFaults, ...placeFaults(found, origin)])
  if (ingested.count === 0 && leftOut.length > 0) return nothingButOthers(leftOut, 'this stream')
  return ingested.duplicates.length > 0 ? duplicateObjects(ingested.duplicates) : undefined
}

const streamOf = ({ documents }: ReadBody, header: ClusterHeader, file: string | null): Entry => ({
  header,
  resolve: (take) => resolveDocuments(documents, file, take),
  origin: { file, document: documents[0] },
})

const entryOf = (body: ReadBody, upload: DocumentUpload, cluster: string): Entry | Problem => {
  const file = upload.name ?? null
  const single = singleDocument(body, file, expected)
  if (isProblem(single)) return single
  const origin = { file, document: single.document }
  const split = splitEntry({ name: cluster, ...single.value })
  const faults = [...(split.fault === undefined ? [] : [split.fault]), ...checkClusterHeader(split.header)]
  if (faults.length === 0 && (split.header as ClusterHeader).name !== cluster)
    faults.push({ code: 'NAME_CONTRADICTED', detail: `the entry must have the name \`${cluster}\` of its address`, path: ['name'] })
  if (faults.length > 0) return documentInvalid(placeFaults(faults, origin))
  const place = { file, line: single.document.lineOf(single.value)() || single.document.lineOf()() }
  return {
    header: split.header as ClusterHeader,
    resolve: (take) => resolveResources(split.resources, ['resources'], origin, take),
    origin,
    place,
  }
}

const withCluster = (base: TopologyHeader | undefined, cluster: ClusterHeader): TopologyHeader => {
  const { clusters, ...rest } = base ?? { apiVersion: 'sightline/v1', kind: 'Topology', clusters: [] }
  return canonicalHeader({ ...rest, clusters: [...clusters.filter(({ name }) => name !== cluster.name), cluster] })
}
