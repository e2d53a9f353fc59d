import type { Watch } from '#engine/model/work-signal'
import type { Snapshot } from '#engine/snapshot/snapshot'
import type { AnswerTo, AskKind, ContentAsks, UploadAsks } from './analyst.js'
import { type Ask, askClass } from './ask.js'
import { answers } from './answers.js'
import { prepare, prepareCluster } from './prepare.js'
import { openedDocuments } from './opened-documents.js'
import { createPlaceBook } from './place-book.js'
import { renderYaml } from './render-yaml.js'
import { reportOnUpload, reportOnVersion } from './report.js'
import { createSnapshotCache } from './snapshot-cache.js'
import type { VersionSource } from './version-source.js'

/** Answers at once where the snapshot is kept, so that a batch of questions costs no turn of the event loop each. */
export type Workbench = <K extends AskKind>(ask: Ask<K>, versions: readonly VersionSource[]) => AnswerTo<K> | Promise<AnswerTo<K>>

type Apart = keyof UploadAsks | keyof ContentAsks | 'report'

export interface WorkbenchOptions {
  /** Bounds the canonical bytes that are kept. */
  readonly cacheBytes: number
  /** Told of how far a report on a document is, by who works in this thread. */
  readonly onProgress?: Watch | undefined
}

/** The engine with its snapshots, in the thread that it is called in. */
export function createWorkbench({ cacheBytes, onProgress }: WorkbenchOptions): Workbench {
  const cache = createSnapshotCache(cacheBytes)
  const places = createPlaceBook()
  const opened = openedDocuments()
  const kept = { cache, places }
  const apart: { readonly [K in Apart]: (ask: Ask<K>, versions: readonly VersionSource[]) => AnswerTo<K> | Promise<AnswerTo<K>> } = {
    prepare: (ask) => prepare(kept, ask),
    prepareCluster: (ask, [base]) => prepareCluster(kept, base, ask),
    open: (ask) => opened.open(ask.upload),
    validate: (ask) => reportOnUpload(ask, onProgress),
    report: (ask, [version]) => reportOnVersion(kept, known(version), ask),
    yaml: (ask, [version]) => renderYaml(known(version), ask.cluster),
  }
  return (ask, versions) => {
    // The table's entry is chosen by the ask's own kind, which TypeScript cannot follow through a union.
    const own = (apart as Readonly<Record<string, unknown>>)[ask.kind] as Workbench | undefined
    if (own !== undefined) return own(ask, versions)
    const source = known(versions[0])
    const answerTo = answers[ask.kind as keyof typeof answers] as (snapshot: Snapshot, ask: unknown) => never
    const names = askClass(ask.kind).bytes !== true
    const here = opened.find(source.contentHash)
    if (here !== undefined) return names ? here.tell(answerTo(here.snapshot, ask)) : answerTo(here.snapshot, ask)
    const answer = (snapshot: Snapshot) => (names ? places.tell(answerTo(snapshot, ask), snapshot, source) : answerTo(snapshot, ask))
    const snapshot = cache.find(source.contentHash)
    return snapshot === undefined ? cache.open(source).then(answer) : answer(snapshot)
  }
}

function known(version: VersionSource | undefined): VersionSource {
  if (version === undefined) throw new Error('a question about a version came without one')
  return version
}
