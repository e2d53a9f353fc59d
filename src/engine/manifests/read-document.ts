import type { Problem } from '../model/app-error.js'
import type { ClusterHeader } from '../model/topology/cluster-header.js'
import type { StatedPlaces } from '../model/topology/stated-places.js'
import type { TopologyHeader } from '../model/topology-document.js'
import { checkHeader } from './check-header.js'
import { contentHash } from '../model/stored/content-hash.js'
import { documentInvalid, isProblem, type Origin, placeFaults } from './document-fault.js'
import type { DocumentUpload } from './document-text.js'
import { openFiles } from './files/open-files.js'
import { holdsObjects, isTopology } from './holds-objects.js'
import { openIntake } from './intake/open-intake.js'
import { type GatheredCluster, ingestClusters } from './ingest-clusters.js'
import type { Ingested, TakenDocument } from './ingested.js'
import type { Keeper } from './intake/keeper.js'
import type { RawObject } from './raw-object.js'
import { type ReadBody, readBody } from './read-body.js'
import { notesOfText } from './reading-notes.js'
import { resolveDocuments, type ResolvedResources, resolveFiles, resolveResources } from './resolve-resources.js'
import { type Notice, noticeNothing, sealedPart } from './intake/sealed-part.js'
import { singleDocument } from './single-document.js'
import { type SplitDocument, splitDocument } from './split-document.js'
import { checkStatedPlaces, placeObjects } from './stated-places.js'
import { tooManyFields } from './too-many-fields.js'

/**
 * Takes a document in: parsed under limits, checked against the schema, lists flattened, files included, secrets and noise
 * removed, in canonical form and hashed. Nothing of a faulty document is kept: a problem names every fault found, with its
 * place (at most 100).
 *
 * Where the upload names a `cluster`, a stream of Kubernetes objects is a document of that one cluster, of which nothing else is stated. `notice` is shown
 * each object that is taken.
 */
export function readDocument(upload: DocumentUpload): Ingested | Problem
export function readDocument<L>(upload: DocumentUpload, notice: Notice<L>): Ingested<L> | Problem
export function readDocument(upload: DocumentUpload, notice: Notice<unknown> = noticeNothing): Ingested | Problem {
  const taken = takeDocument(upload, () => sealedPart(notice))
  return isProblem(taken) ? taken : { ...taken, contentHash: contentHash(taken.headerJson, taken.parts) }
}

/** The same, of each cluster what its keeper makes of the objects. */
export const takeDocument = <K, P extends { readonly cluster: string }>(
  upload: DocumentUpload,
  keeper: () => Keeper<K, P>,
): TakenDocument<P> | Problem => {
  const { cluster } = upload
  const expected = cluster === undefined ? 'a topology document' : 'a topology document, or a stream of Kubernetes objects,'
  const body = readBody(upload, expected)
  if (isProblem(body)) return body
  const gather: Gather<P> = ({ name, defaultNamespace = 'default' }, resolve) => {
    const intake = openIntake(name, defaultNamespace, keeper())
    const resolved = resolve(intake.take)
    return { resolved, ingested: intake.close() }
  }
  if (upload.isAlone === true) return readFiles(body, upload, gather)
  if (cluster !== undefined && holdsObjects(body)) return readObjects(body, cluster, upload, gather)
  return readTopology(body, upload, expected, gather)
}

type Take = (object: RawObject) => void
/** One cluster's objects, taken in as they are found. */
type Gather<P> = (cluster: ClusterHeader, resolve: (take: Take) => ResolvedResources) => GatheredCluster<P>

const readObjects = <P extends { readonly cluster: string }>(
  body: ReadBody,
  cluster: string,
  upload: DocumentUpload,
  gather: Gather<P>,
): TakenDocument<P> | Problem => {
  const file = upload.name ?? null
  const header = { name: cluster }
  const read = {
    header: { apiVersion: 'sightline/v1', kind: 'Topology', clusters: [header] } satisfies TopologyHeader,
    gathered: [gather(header, (take) => resolveDocuments(body.documents, file, take))],
    origin: { file, document: body.documents[0] },
    notes: notesOfText(file, body),
    came: 'AS_STREAM' as const,
  }
  const ingested = ingestClusters(read, upload)
  return isProblem(ingested) ? ingested : { ...ingested, assumedCluster: cluster }
}

const readTopology = <P extends { readonly cluster: string }>(
  body: ReadBody,
  upload: DocumentUpload,
  expected: string,
  gather: Gather<P>,
): TakenDocument<P> | Problem => {
  const file = upload.name ?? null
  const single = singleDocument(body, file, expected)
  if (isProblem(single)) return single
  const origin = { file, document: single.document }
  if (upload.cluster !== undefined && !isTopology(single.value)) return neither(expected, origin)
  const excess = tooManyFields(single.value)
  if (excess !== undefined) return documentInvalid(placeFaults([excess], origin))
  const split = splitDocument(single.value)
  const faults = [...split.faults, ...checkHeader(split.header), ...checkStatedPlaces(split.places)]
  if (faults.length > 0) return documentInvalid(placeFaults(faults, origin))
  const header = split.header as TopologyHeader
  const stated = split.places as StatedPlaces | undefined
  const resolve = resolver(split, origin, stated, upload)
  const gathered = header.clusters.map((cluster, index) => gather(cluster, (take) => resolve(cluster, index, take)))
  const came = { came: 'AS_DOCUMENT', written: single.value, stated } as const
  return ingestClusters({ header, gathered, origin, notes: notesOfText(file, body), ...came }, upload)
}

/** Each file is asked for once, and let go of. The header is of this program's own making, and nobody's mistake. */
const readFiles = <P extends { readonly cluster: string }>(
  { documents }: ReadBody,
  { files = [], ...upload }: DocumentUpload,
  gather: Gather<P>,
): TakenDocument<P> | Problem => {
  const header = documents[0].value as TopologyHeader
  const open = openFiles(files, 'ONCE')
  const gathered = header.clusters.map((cluster) => {
    const own = files.filter((file) => file.cluster === cluster.name)
    return gather(cluster, (take) => resolveFiles(own, take, { files, open }))
  })
  const ingested = ingestClusters({ header, gathered, origin: { file: null, document: documents[0] }, notes: [], came: 'AS_FILES' }, upload)
  const [only, another] = header.clusters
  const isAssumed = only !== undefined && another === undefined && !isProblem(ingested)
  return isAssumed ? { ...ingested, assumedCluster: only.name } : ingested
}

type Resolve = (cluster: ClusterHeader, index: number, take: Take) => ResolvedResources

const resolver = (
  { resources }: SplitDocument,
  origin: Origin,
  stated: StatedPlaces | undefined,
  { files, excluded = [] }: DocumentUpload,
): Resolve => {
  const atHand = files && { files, excluded, open: openFiles(files) }
  return ({ name }, index, take) => {
    const placed = stated && placeObjects(stated, name, take)
    const resolved = resolveResources(resources[index] ?? [], ['clusters', index, 'resources'], origin, placed?.take ?? take, atHand)
    const fault = placed?.fault()
    return fault === undefined ? resolved : { ...resolved, faults: [...resolved.faults, fault] }
  }
}

/** Told once, instead of every field that a topology does not have. */
const neither = (expected: string, origin: Origin): Problem => {
  const detail = `${expected} is expected, and this is neither: it has no \`apiVersion\``
  return documentInvalid(placeFaults([{ code: 'SCHEMA', detail, path: [] }], origin))
}
