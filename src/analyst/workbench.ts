import type { Snapshot } from '#engine/snapshot/snapshot'
import type { AnswerTo, Ask, AskKind, ContentAsks, SnapshotAsks, UploadAsks } from './ask.js'
import { answers } from './answers.js'
import { prepare, prepareCluster, validate } from './prepare.js'
import { renderYaml } from './render-yaml.js'
import { createSnapshotCache } from './snapshot-cache.js'
import type { VersionSource } from './version-source.js'

/** Answers at once where the snapshot is kept, so that a batch of questions costs no turn of the event loop each. */
export type Workbench = <K extends AskKind>(ask: Ask<K>, versions: readonly VersionSource[]) => AnswerTo<K> | Promise<AnswerTo<K>>

type Apart = keyof UploadAsks | keyof ContentAsks

/** The engine with its snapshots, in the thread that it is called in; `cacheBytes` bounds the canonical bytes it keeps. */
export function createWorkbench({ cacheBytes }: { readonly cacheBytes: number }): Workbench {
  const cache = createSnapshotCache(cacheBytes)
  const apart: { readonly [K in Apart]: (ask: Ask<K>, versions: readonly VersionSource[]) => AnswerTo<K> | Promise<AnswerTo<K>> } = {
    prepare: (ask) => prepare(cache, ask.upload),
    prepareCluster: (ask, [base]) => prepareCluster(cache, base, ask.cluster, ask.upload),
    validate: (ask) => validate(cache, ask.upload, ask.at),
    yaml: (ask, [version]) => renderYaml(known(version), ask.cluster),
  }
  return (ask, versions) => {
    // The table's entry is chosen by the ask's own kind, which TypeScript cannot follow through a union.
    const own = (apart as Readonly<Record<string, unknown>>)[ask.kind] as Workbench | undefined
    if (own !== undefined) return own(ask, versions)
    const source = known(versions[0])
    const answer = answers[ask.kind as keyof SnapshotAsks] as (snapshot: Snapshot, ask: unknown) => never
    const snapshot = cache.find(source.key)
    return snapshot === undefined ? cache.open(source).then((opened) => answer(opened, ask)) : answer(snapshot, ask)
  }
}

function known(version: VersionSource | undefined): VersionSource {
  if (version === undefined) throw new Error('a question about a version came without one')
  return version
}
