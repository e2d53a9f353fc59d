import type { Problem } from '../model/app-error.js'
import { groupLeftOut, type LeftOut } from '../model/left-out.js'
import type { Finding } from '../model/report.js'
import type { StatedPlaces } from '../model/topology/stated-places.js'
import type { TopologyHeader } from '../model/topology-document.js'
import { canonicalHeader } from './canonical-header.js'
import { canonicalJson } from './canonical-json.js'
import { documentInvalid, type Origin, placeFaults } from './document-fault.js'
import type { DocumentUpload } from './document-text.js'
import { type Duplicate, duplicateObjects } from './intake/duplicate-objects.js'
import type { LostObjects } from './files/lost-objects.js'
import { markUnread } from './files/mark-unread.js'
import { entryPaths, headerPlaces, noHeaderPlaces } from './header-places.js'
import type { IngestedCluster } from './intake/open-intake.js'
import type { TakenDocument } from './ingested.js'
import { limits } from './parsing/limits.js'
import { keyOf } from './intake/name-nameless.js'
import { brokenPassedOver, duplicateTaken, headerSecretRemoved } from './reading-notes.js'
import type { Standing } from './raw-object.js'
import type { ResolvedResources } from './resolve-resources.js'
import { placeRemoved } from './secrets/place-removed.js'
import { removeSecrets } from './secrets/remove-secrets.js'
import { statedEntries } from './stated-places.js'

/** One cluster's objects taken in, and what was seen where they were looked for. */
export interface GatheredCluster<P> {
  readonly resolved: ResolvedResources
  readonly ingested: IngestedCluster<P>
}

/** A header that is checked, with the objects of its clusters, in its order. */
export interface Clusters<P> {
  readonly header: TopologyHeader
  readonly gathered: readonly GatheredCluster<P>[]
  readonly origin: Origin
  readonly notes: readonly Finding[]
  /** A document's own faults are never passed over. */
  readonly came: 'AS_DOCUMENT' | 'AS_STREAM' | 'AS_FILES'
  /** The document that states the header, as it came; absent where nobody wrote one. */
  readonly written?: Readonly<Record<string, unknown>> | undefined
  /** What it says of where it was written. */
  readonly stated?: StatedPlaces | undefined
}

/** All clusters' objects; a problem where one of them is faulty, or a note where the upload lets it be passed over. */
export const ingestClusters = <P extends { readonly cluster: string }>(
  read: Clusters<P>,
  upload: Pick<DocumentUpload, 'lenient' | 'leftOut'>,
): TakenDocument<P> | Problem => {
  const { header: sent, gathered, origin } = read
  const leftOut = groupLeftOut([...(upload.leftOut ?? []), ...gathered.flatMap(({ resolved }) => resolved.leftOut)])
  const passedOver = passOver(read, upload.lenient === true)
  if ('code' in passedOver) return passedOver
  if (hasNothing(gathered) && (read.came === 'AS_FILES' || (read.came === 'AS_STREAM' && leftOut.length > 0)))
    return nothingButOthers(leftOut, read.came === 'AS_FILES' ? 'these files' : 'this stream')
  const { value: clean, removed } = removeSecrets(sent)
  const kept = { ...clean, clusters: clean.clusters.map((cluster, index) => markUnread(cluster, lostOf(gathered[index]))) }
  const notes = [
    ...read.notes,
    ...gathered.flatMap(({ resolved }) => resolved.notes),
    ...passedOver.notes,
    ...gathered.flatMap(({ ingested }) => ingested.notes),
    ...(removed.length > 0 ? [headerSecretRemoved(removed, origin.file)] : []),
  ]
  const header = canonicalHeader(kept)
  const parts = gathered.map(({ ingested }) => ingested.part).sort((a, b) => (a.cluster < b.cluster ? -1 : 1))
  const ofHeader = { resource: null, standing: { file: origin.file, line: () => 0, path: [], locate: origin.document.locate }, removed }
  return {
    header,
    headerJson: canonicalJson(header),
    ...placesOfHeader(read, kept, header),
    parts,
    notes,
    removed: () => placeRemoved([...(removed.length > 0 ? [ofHeader] : []), ...gathered.flatMap(({ ingested }) => ingested.removed)]),
    leftOut,
  }
}

/** Of a cluster that is taken without it. */
const lostOf = (cluster: GatheredCluster<unknown> | undefined): readonly LostObjects[] =>
  cluster === undefined ? [] : [...cluster.resolved.lost, ...cluster.ingested.lost]

/** Where the header's entries were written; inside of what is stated of them, and of what nobody wrote, nothing is found. */
function placesOfHeader(
  { written, stated, origin }: Clusters<unknown>,
  kept: TopologyHeader,
  header: TopologyHeader,
): Pick<TakenDocument<never>, 'places' | 'standingOfEntry'> {
  const nowhere = (): undefined => undefined
  if (stated !== undefined) return { places: statedEntries(stated, header), standingOfEntry: nowhere }
  if (written === undefined) return { places: noHeaderPlaces, standingOfEntry: nowhere }
  const { file, document } = origin
  const paths = entryPaths(written, kept, header)
  const standingOfEntry = (entry: string): Standing | undefined => {
    const path = document.length > limits.located ? undefined : paths.get(entry)
    return path === undefined ? undefined : { file, line: () => 0, path, locate: document.locate }
  }
  return { places: headerPlaces(written, origin, paths), standingOfEntry }
}

/** Faults of files, and objects that contradict each other in files that nobody listed, are passed over where that may be. */
const passOver = ({ gathered, origin, came }: Clusters<unknown>, lenient: boolean): Problem | { readonly notes: readonly Finding[] } => {
  const isDocument = came === 'AS_DOCUMENT'
  const faults = [...gathered.map(({ resolved }) => resolved), ...gathered.map(({ ingested }) => ingested)].flatMap((each) => each.faults)
  const ofFiles = gathered.flatMap(({ resolved }) => resolved.fileFaults)
  const ofDocument = faults.filter((fault) => fault.origin === undefined || fault.origin.document === origin.document)
  const broken = [...ofFiles, ...placeFaults(faults, origin)].slice(0, limits.faults)
  const nothing = hasNothing(gathered)
  const mayPass = lenient && !nothing && !(isDocument && ofDocument.length > 0)
  if (broken.length > 0 && !mayPass) return documentInvalid(broken)
  const duplicates = gathered.flatMap(({ ingested }) => ingested.duplicates)
  if (duplicates.length > 0 && (!lenient || isDocument)) return duplicateObjects(duplicates)
  return { notes: [...broken.map(brokenPassedOver), ...byObject(duplicates).map(duplicateTaken)] }
}

const hasNothing = (gathered: readonly GatheredCluster<unknown>[]): boolean => gathered.every(({ ingested }) => ingested.count === 0)

/** How many files of one reason are named. */
const namedOfNothing = 3

/** Files, none of which holds an object; what comes nearest to one is told first: an answer about nothing would mislead. */
export const nothingButOthers = (leftOut: readonly LeftOut[], where: string): Problem =>
  documentInvalid(
    [...leftOut].reverse().flatMap(({ message, count, files }) =>
      files.slice(0, namedOfNothing).map((file, position, named) => {
        const more = position === named.length - 1 && count > named.length ? `, like ${count - named.length} more` : ''
        return { code: 'DOCUMENT_EMPTY', detail: `${message}${more}`, source: { file, line: null } }
      }),
    ),
    `there are no Kubernetes objects in ${where}`,
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
