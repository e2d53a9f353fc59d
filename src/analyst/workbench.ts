import type { Watch } from '#engine/model/work-signal'
import type { Snapshot } from '#engine/snapshot/snapshot'
import type { Room } from '#engine/model/answer-too-large'
import type { Answered, AnswerTo, AskKind, ContentAsks, UploadAsks } from './analyst.js'
import { answerCalls } from './answer-calls.js'
import { type Ask, askClass } from './ask.js'
import { answerEach } from './relations/answer-each.js'
import { createKeptAnswers } from './relations/kept-answers.js'
import { answers } from './answers.js'
import { prepare, prepareCluster } from './prepare.js'
import { openedDocuments } from './opened-documents.js'
import { createPlaceBook, type Teller } from './place-book.js'
import { renderYaml } from './render-yaml.js'
import { createKeptFindings } from './findings/kept-findings.js'
import { listFindings } from './findings/list-findings.js'
import { type Kept, reportOnUpload, reportOnVersion } from './report.js'
import { withinRoom } from './writing/within-room.js'
import { writeReport } from './writing/write-report.js'
import { createSnapshotCache } from './snapshot-cache.js'
import { tellAnswer, tellInWords } from './writing/tell-answer.js'
import type { VersionSource } from './version-source.js'
import type { Work } from './turn-taking/work.js'
import type { Written } from '#engine/model/written'

/** Answers in one piece where the snapshot is kept and the places of what is named are. */
export interface Workbench {
  answer<K extends AskKind>(ask: Ask<K>, versions: readonly VersionSource[]): Work<AnswerTo<K>>
  /** The same in words, as far as there is room for them. */
  write(ask: Ask, versions: readonly VersionSource[], room: Room): Work<Answered<Written>>
  /** Lets go of snapshots, until no more than this share of what is kept is left. */
  keepAtMost(share: number): void
}

type Apart = keyof UploadAsks | keyof ContentAsks | 'report' | 'writtenReport' | 'findings' | 'calls' | 'each'
type Answerer<K extends AskKind> = (ask: Ask<K>, versions: readonly VersionSource[]) => Work<AnswerTo<K>>

/** An answerer, of whichever kind. */
type Loose = (ask: unknown, versions: readonly VersionSource[]) => Work<Answered<unknown>>
interface Kinded {
  readonly kind: AskKind
}

/** What questions about a version are answered from. */
interface Stand {
  readonly snapshot: Snapshot
  readonly teller: Teller
}

export interface WorkbenchOptions {
  /** Bounds the canonical bytes that are kept. */
  readonly cacheBytes: number
  /** Told of how far a report on a document is, by who works in this thread. */
  readonly onProgress?: Watch | undefined
}

/** The engine with its snapshots, in the thread that it is called in. */
export function createWorkbench({ cacheBytes, onProgress }: WorkbenchOptions): Workbench {
  const cache = createSnapshotCache(cacheBytes)
  const places = createPlaceBook(cacheBytes / 20)
  const opened = openedDocuments()
  const kept = { cache, places, findings: createKeptFindings(), answers: createKeptAnswers() }
  function* standOf(version: VersionSource | undefined): Work<Stand> {
    const source = known(version)
    const here = opened.find(source.contentHash)
    if (here !== undefined) return here
    const snapshot = cache.find(source.contentHash) ?? (yield* cache.open(source))
    return { snapshot, teller: places.teller(snapshot, source) }
  }
  const apart: { readonly [K in Apart]: Answerer<K> } = {
    prepare: (ask) => prepare(kept, ask),
    prepareCluster: (ask, [base]) => prepareCluster(kept, base, ask),
    *open(ask) {
      yield 'PUT_DOWN'
      return opened.open(ask.upload, ask.withRemoved === true)
    },
    ...reporting(kept, onProgress),
    findings: (ask, [version]) => listFindings(kept, known(version), ask),
    yaml: (ask, [version]) => renderYaml(known(version), ask.cluster),
    *calls(ask, [version]) {
      const { snapshot, teller } = yield* standOf(version)
      return yield* answerCalls(snapshot, teller, ask)
    },
    *each(ask, [version]) {
      return yield* answerEach(ask, yield* standOf(version), kept.answers, answerFrom)
    },
  }
  const apartFor = (kind: AskKind) => (apart as Readonly<Record<string, unknown>>)[kind] as Loose | undefined

  return {
    *answer(ask, versions) {
      const own = apartFor(ask.kind)
      if (own !== undefined) return (yield* own(ask, versions)) as never
      const { snapshot, teller } = yield* standOf(versions[0])
      const answer = answerFrom(snapshot, ask)
      return (askClass(ask.kind).bytes === true ? answer : yield* tellAnswer(answer, teller)) as never
    },
    *write(ask, versions, room) {
      const own = apartFor(ask.kind)
      if (own !== undefined) return yield* tellInWords(ask.kind, yield* own(ask, versions), toldAlready, room)
      const { snapshot, teller } = yield* standOf(versions[0])
      return yield* tellInWords(ask.kind, answerFrom(snapshot, ask), teller, room)
    },
    keepAtMost: cache.keepAtMost,
  }
}

// A table's entry is chosen by the ask's own kind, which TypeScript cannot follow through a union.
const answerFrom = (snapshot: Snapshot, ask: Kinded): Answered<unknown> =>
  (answers[ask.kind as keyof typeof answers] as (snapshot: Snapshot, ask: unknown) => Answered<unknown>)(snapshot, ask)

type Reporting = 'validate' | 'writtenValidation' | 'report' | 'writtenReport'

/** What is said of whole documents. */
const reporting = (kept: Kept, onProgress: Watch | undefined): { readonly [K in Reporting]: Answerer<K> } => ({
  validate: (ask) => reportOnUpload(ask, onProgress),
  writtenValidation: (ask, [base]) =>
    writeReport(kept, ask, reportOnUpload({ ...ask, kind: 'validate' }, onProgress, withinRoom(ask.manner)), base),
  report: (ask, [version]) => reportOnVersion(kept, known(version), ask),
  writtenReport: (ask, [version, base]) =>
    writeReport(kept, ask, reportOnVersion(kept, known(version), { ...ask, kind: 'report' }, withinRoom(ask.manner)), base),
})

function known(version: VersionSource | undefined): VersionSource {
  if (version === undefined) throw new Error('a question about a version came without one')
  return version
}

const nothing = (): undefined => undefined
const toldAlready: Teller = { tell: (answer) => answer, load: nothing }
