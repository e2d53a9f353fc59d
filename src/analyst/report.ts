import { checkAssertions } from '#engine/assertions/check-assertions'
import { isProblem } from '#engine/manifests/document-fault'
import { readAssertions } from '#engine/manifests/read-assertions'
import { atTheirLines } from '#engine/manifests/secrets/at-their-lines'
import { takeDocument } from '#engine/manifests/read-document'
import type { Finding, Report } from '#engine/model/report'
import { type Watch, watchWork } from '#engine/model/work-signal'
import { readPart } from '#engine/resources/read-part'
import { type Found, makeReport } from '#engine/rules/make-report'
import { needsRules, noticeOriginal, noticeOriginals, type Original, type Originals } from '#engine/rules/originals'
import { loadRules, loadSchemas } from '#engine/schemas/load-schemas'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import { tooManySelected } from '#engine/snapshot/services/count-selected'
import type { Snapshot } from '#engine/snapshot/snapshot'
import type { Answered, SentAssertions } from './analyst.js'
import type { Ask } from './ask.js'
import type { PlaceBook } from './place-book.js'
import type { SnapshotCache } from './snapshot-cache.js'
import { tellReport } from './writing/tell-answer.js'
import { tellerOfTaken } from './writing/teller-of-taken.js'
import type { VersionSource } from './version-source.js'
import { inTurns, settled, type Work } from './turn-taking/work.js'

/** What is kept between reports. */
export interface Kept {
  readonly cache: SnapshotCache
  readonly places: PlaceBook
}

/** The report on a document that is not stored. */
export function* reportOnUpload(
  { upload, at, assertions, signal }: Ask<'validate'>,
  onProgress: Watch | undefined,
  onFound?: Found,
): Work<Answered<Report>> {
  const watch = watchWork(signal, onProgress)
  watch(0, 0)
  const notice = noticeOriginal(yield* settled(loadSchemas()))
  const taken = takeDocument(upload, () => readPart(notice))
  if (isProblem(taken)) return { problem: taken }
  const { header, parts, leftOut } = taken
  const notes = atTheirLines(taken.notes, taken.removed)
  watch(0, 0)
  const snapshot = buildSnapshot({ contentHash: '', header, parts })
  const excess = tooManySelected(snapshot)
  if (excess !== undefined) return { problem: excess }
  const of = new Map(parts.map(({ cluster, noticed }) => [cluster, noticed.flatMap((original) => original ?? [])]))
  const made = yield* reportOn({ snapshot, of, notes, at, assertions, watch, onFound })
  if ('problem' in made) return made
  const report = yield* tellReport(made.value, tellerOfTaken(taken))
  return { value: leftOut.length === 0 ? report : { ...report, leftOut: [...leftOut] } }
}

/** The report on a stored version: its snapshot may be at hand, what its users wrote is read anew. */
export function* reportOnVersion(
  { cache, places }: Kept,
  source: VersionSource,
  asked: Ask<'report'>,
  onFound?: Found,
): Work<Answered<Report>> {
  const watch = watchWork(asked.signal)
  watch(0, 0)
  const snapshot = cache.find(source.contentHash) ?? (yield* cache.open(source))
  const kinds = yield* settled(loadSchemas())
  const { parts } = yield* source.describe()
  const noticed = new Map<string, readonly Original[]>()
  for (const [digest, body] of yield* source.load([...new Set(parts.map(({ digest }) => digest))])) {
    noticed.set(digest, yield* inTurns(noticeOriginals(kinds, body)))
  }
  const of = new Map(parts.map(({ cluster, digest }) => [cluster, noticed.get(digest) ?? []]))
  const made = yield* reportOn({ snapshot, of, notes: [], at: asked.at, assertions: asked.assertions, watch, onFound })
  return 'problem' in made ? made : { value: yield* tellReport(made.value, places.teller(snapshot, source)) }
}

interface Reported {
  readonly snapshot: Snapshot
  readonly of: Originals['of']
  /** Made while the document was read. */
  readonly notes: readonly Finding[]
  readonly at: number
  /** Sent along with it. */
  readonly assertions: SentAssertions | undefined
  readonly watch: Watch
  readonly onFound: Found | undefined
}

function* reportOn({ snapshot, of, notes, at, assertions, watch, onFound }: Reported): Work<Answered<Report>> {
  const sent = assertions === undefined ? [] : readAssertions(assertions)
  if ('code' in sent) return { problem: sent }
  const originals = { of, checkRules: needsRules(of) ? yield* settled(loadRules()) : undefined }
  return { value: makeReport(snapshot, notes, checkAssertions(snapshot, at, sent, watch), at, originals, watch, onFound) }
}
