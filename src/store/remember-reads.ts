import { createRecent, type Recent } from './recent.js'
import type { Store, Topology, Version } from './store.js'
import { versionKey, weighVersion } from './versions.js'

const limit = 4 * 1024 * 1024

/** What was read, and under which count of writes. */
interface Read<T> {
  readonly at: string
  readonly value: T
}

/**
 * Answers `findVersion` and `findTopology` from memory, for a database that no other process can change. What was read before a write is not kept
 * beside what is read after it.
 *
 * INVARIANT: an answer is kept under the count of writes at the moment of the question, and a write, failed ones included
 * since their outcome may be unknown, counts before its caller learns of it: nobody finds what was true before.
 */
export function rememberReads(store: Store): Store {
  const versions = createRecent<Read<Version>>(limit, ({ value }) => weighVersion(value))
  const topologies = createRecent<Read<Topology>>(10_000, () => 1)
  const writes = new Map<string, number>()
  let restores = 0
  const now = (topology: string): string => `${restores}.${writes.get(topology) ?? 0}`

  const counted = async <T>(topology: string, work: Promise<T>): Promise<T> => {
    try {
      return await work
    } finally {
      writes.set(topology, (writes.get(topology) ?? 0) + 1)
    }
  }
  return {
    ...store,
    putTopology: (name, change, by) => counted(name, store.putTopology(name, change, by)),
    deleteTopology: (name, by) => counted(name, store.deleteTopology(name, by)),
    append: (version, by) => counted(version.topology, store.append(version, by)),
    putTag: (topology, tag, number, by) => counted(topology, store.putTag(topology, tag, number, by)),
    prune: (topology, pruning, by) => counted(topology, store.prune(topology, pruning, by)),
    restore: (backup, replace, by) => store.restore(backup, replace, by).finally(() => restores++),
    findTopology: (name) => readOnce(topologies, name, now(name), () => store.findTopology(name)),
    findVersion: (topology, ref) => readOnce(versions, versionKey(topology, ref), now(topology), () => store.findVersion(topology, ref)),
  }
}

async function readOnce<T>(reads: Recent<Read<T>>, key: string, at: string, read: () => Promise<T | undefined>): Promise<T | undefined> {
  const kept = reads.find(key)
  if (kept?.at === at) return kept.value
  const value = await read()
  if (value) reads.keep(key, { at, value })
  else reads.forget(key)
  return value
}
