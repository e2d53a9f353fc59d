import { checkAssertions } from '#engine/assertions/check-assertions'
import { warnOfAssertions } from '#engine/assertions/warn-of-assertions'
import type { Problem } from '#engine/model/app-error'
import { contentHash } from '#engine/model/stored/content-hash'
import { isProblem } from '#engine/manifests/document-fault'
import { noHeaderPlaces, withClusterPlace } from '#engine/manifests/header-places'
import type { HeaderPlaces, IngestedPart } from '#engine/manifests/ingested'
import { readClusterEntry } from '#engine/manifests/read-cluster-entry'
import { atTheirLines } from '#engine/manifests/secrets/at-their-lines'
import { readDocument } from '#engine/manifests/read-document'
import { placeOfEntry, placeOfObject, tellPlaces } from '#engine/manifests/tell-places'
import type { LeftOut } from '#engine/model/left-out'
import type { Finding } from '#engine/model/report'
import type { TopologyHeader } from '#engine/model/topology-document'
import type { ClusterResources } from '#engine/resources/cluster-resources'
import { objectReader, type ReadObject, resourcesInOrder } from '#engine/resources/read-cluster-resources'
import { withFingerprints } from '#engine/rules/with-fingerprints'
import { findBreaches } from '#engine/rules/make-report'
import { shallowRules } from '#engine/rules/shallow-rules'
import type { Answered, Prepared, Upload } from './analyst.js'
import type { Ask } from './ask.js'
import { pack, writePlaces } from './pack.js'
import type { PlaceBook } from './place-book.js'
import type { SnapshotCache, SnapshotPlan } from './snapshot-cache.js'
import { tellAnswer } from './writing/tell-answer.js'
import type { Description, LoadContents, VersionSource } from './version-source.js'
import type { Work } from './turn-taking/work.js'

/** What is kept between uploads. */
interface Kept {
  readonly cache: SnapshotCache
  readonly places: PlaceBook
}

/** Its objects were read as they were taken in. */
type OwnPart = IngestedPart<ReadObject>

/** A version as it will be stored: its own parts and header at hand, those of the base by reference. */
interface TakenIn {
  readonly plan: SnapshotPlan
  readonly headerJson: string
  readonly own: readonly OwnPart[]
  readonly places: HeaderPlaces
  readonly notes: readonly Finding[]
  readonly others: Description['parts']
  readonly loadOthers: LoadContents
  readonly assumedCluster?: string
  readonly leftOut: readonly LeftOut[]
}

/** Read, remove secrets, canonicalise, hash and pack, and look at the whole once for what leads nowhere. */
export function* prepare(kept: Kept, { upload, at }: Ask<'prepare'>): Work<Answered<Prepared>> {
  const taken = takeIn(upload)
  return isProblem(taken) ? { problem: taken } : { value: yield* finish(kept, taken, at) }
}

/** Nothing of what is returned holds on to the document, which takes as much as all that is kept of it. */
function takeIn(upload: Upload): TakenIn | Problem {
  const ingested = readDocument(upload, readingObjects())
  if (isProblem(ingested)) return ingested
  const { contentHash: hash, header, headerJson, parts, places, leftOut, assumedCluster } = ingested
  return {
    plan: { contentHash: hash, header, parts },
    headerJson,
    own: parts,
    places,
    notes: atTheirLines(ingested.notes, ingested.removed),
    others: [],
    loadOthers: loadNothing,
    leftOut,
    ...(assumedCluster === undefined ? {} : { assumedCluster }),
  }
}

/** The same for one cluster's entry in place of, or added to, those of the base version. */
export function* prepareCluster(
  kept: Kept,
  base: VersionSource | undefined,
  { cluster, upload, at }: Ask<'prepareCluster'>,
): Work<Answered<Prepared>> {
  const described = base === undefined ? undefined : yield* base.describe()
  const entry = readClusterEntry(upload, described && (JSON.parse(described.header) as TopologyHeader), cluster, readingObjects())
  if (isProblem(entry)) return { problem: entry }
  const { header, headerJson, part, place, leftOut } = entry
  const notes = atTheirLines(entry.notes, entry.removed)
  const others = (described?.parts ?? []).filter((each) => each.cluster !== cluster)
  const before = yield* headerPlacesOf(base)
  const places = place === undefined ? before : withClusterPlace(before, cluster, place)
  const loadOthers = base?.load ?? loadNothing
  const parts = byCluster([...others, part])
  const plan = { contentHash: contentHash(headerJson, parts), header, parts }
  return { value: yield* finish(kept, { plan, headerJson, own: [part], places, notes, others, loadOthers, leftOut }, at) }
}

function* finish({ cache, places: book }: Kept, taken: TakenIn, at: number | undefined): Work<Prepared> {
  const { plan, headerJson, own, places, notes, others, loadOthers, leftOut, assumedCluster } = taken
  const snapshot = yield* cache.build(plan, loadOthers, new Map(own.map((part) => [part.digest, resourcesOf(part)])))
  const ofHeader = writePlaces(places)
  const written = own.map((part) => ({ part, places: writePlaces(part.places) }))
  book.keep(ofHeader.digest, places)
  for (const each of written) book.keep(each.places.digest, each.part.places)
  const refs = written.map(({ part: { cluster, digest }, places: { digest: placesDigest } }) => ({ cluster, digest, placesDigest }))
  const parts = byCluster([...others, ...refs])
  const failed =
    at === undefined ? [] : checkAssertions(snapshot, at).filter(({ outcome }) => outcome === 'FAILED' || outcome === 'UNDETERMINED')
  const breaches = tellOwn([...findBreaches(snapshot, shallowRules), ...warnOfAssertions(snapshot, failed)], own, places)
  const source = { places: { header: ofHeader.digest, parts: parts.map(({ placesDigest }) => placesDigest) }, load: loadOthers }
  const bodies = new Map([
    [ofHeader.digest, ofHeader.text],
    ...written.flatMap(({ part, places: { digest, text } }) => [[part.digest, part.body] as const, [digest, text] as const]),
  ])
  return {
    contentHash: plan.contentHash,
    header: headerJson,
    placesDigest: ofHeader.digest,
    parts,
    contents: yield* pack(bodies),
    notes: withFingerprints(notes, yield* tellAnswer(breaches, book.teller(snapshot, source))),
    failed,
    leftOut,
    ...(assumedCluster === undefined ? {} : { assumedCluster }),
  }
}

/** Where an object stands is known when all of its cluster are in order. */
const readingObjects = (): ((object: unknown) => ReadObject) => {
  const read = objectReader()
  return (object) => read(object, nowhere)
}
const nowhere = -1

const resourcesOf = ({ digest, body, noticed }: OwnPart): ClusterResources => resourcesInOrder(digest, body.byteLength, noticed)

const loadNothing: LoadContents = function* () {
  yield 'PUT_DOWN'
  return new Map()
}

/** The places of what is at hand; marks of other clusters stay. */
const tellOwn = <T>(answer: T, own: readonly OwnPart[], places: HeaderPlaces): T =>
  tellPlaces(answer, (marked) => {
    if ('entry' in marked) return placeOfEntry(places, marked.entry)
    const part = own.find(({ cluster }) => cluster === marked.cluster)
    return part && placeOfObject(part.places, marked.index)
  })

function* headerPlacesOf(base: VersionSource | undefined): Work<HeaderPlaces> {
  const digest = base?.places.header ?? ''
  const text = base === undefined || digest === '' ? undefined : (yield* base.load([digest])).get(digest)
  return text === undefined ? noHeaderPlaces : (JSON.parse(new TextDecoder().decode(text)) as HeaderPlaces)
}

const byCluster = <T extends { readonly cluster: string }>(parts: readonly T[]): readonly T[] =>
  parts.toSorted((a, b) => (a.cluster < b.cluster ? -1 : a.cluster > b.cluster ? 1 : 0))
