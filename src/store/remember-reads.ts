import { createRecent } from './recent.js'
import type { Store, Topology, Version } from './store.js'
import { versionKey, weighVersion } from './versions.js'

const limit = 64 * 1024 * 1024

/**
 * Answers `findVersion` and `findTopology` from memory, for a database that no other process can change.
 *
 * INVARIANT: an answer is kept under the count of writes at the moment of the question, and a write, failed ones included
 * since their outcome may be unknown, counts before its caller learns of it: nobody finds what was true before.
 */
export function rememberReads(store: Store): Store {
  const versions = createRecent<Version>(limit, weighVersion)
  const topologies = createRecent<Topology>(10_000, () => 1)
  const writes = new Map<string, number>()
  let restores = 0
  const now = (topology: string): string => versionKey(topology, `${restores}.${writes.get(topology) ?? 0}`)

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
    findTopology: async (name) => {
      const key = now(name)
      const kept = topologies.find(key)
      if (kept) return kept
      const topology = await store.findTopology(name)
      if (topology) topologies.keep(key, topology)
      return topology
    },
    findVersion: async (topology, ref) => {
      const key = versionKey(now(topology), ref)
      const kept = versions.find(key)
      if (kept) return kept
      const version = await store.findVersion(topology, ref)
      if (version) versions.keep(key, version)
      return version
    },
  }
}
