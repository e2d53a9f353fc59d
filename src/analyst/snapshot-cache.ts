import type { TopologyHeader } from '#engine/model/topology-document'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import type { Snapshot } from '#engine/snapshot/snapshot'
import type { VersionContent } from './analyst.js'
import { gatherParts } from './gather-parts.js'
import { createPartCache } from './part-cache.js'
import { type VersionKey, type VersionSource, versionKey } from './version-source.js'

type PartRefs = VersionContent['parts']

/** What names a snapshot and says what it is built from. */
export interface SnapshotPlan {
  readonly contentHash: string
  readonly header: TopologyHeader
  readonly parts: PartRefs
}

export interface SnapshotCache {
  /** The snapshot if it is kept: the way of almost every question. */
  find(key: VersionKey): Snapshot | undefined
  /** The snapshot, built from what is kept and what the source loads; wanted twice at once, it is built once. */
  open(source: VersionSource): Promise<Snapshot>
  /** Canonical bytes, by digest, of those parts that are not kept; `build` has to follow at once. */
  gather(parts: PartRefs, source: Pick<VersionSource, 'load'>): Promise<ReadonlyMap<string, Uint8Array>>
  /** The snapshot of what is being taken in. */
  build(plan: SnapshotPlan, bodies: ReadonlyMap<string, Uint8Array>): Snapshot
}

/** Snapshots of small versions weigh little in bytes, and something all the same. */
const mostSnapshots = 256

/**
 * Snapshots, least recently used out first; `limit` bounds the canonical bytes of the distinct parts that they hold.
 *
 * INVARIANT: a part is kept as long as a kept snapshot holds it. Failures are not kept.
 */
export function createSnapshotCache(limit: number): SnapshotCache {
  const kept = new Map<VersionKey, { readonly snapshot: Snapshot; readonly parts: PartRefs }>()
  const opening = new Map<VersionKey, Promise<Snapshot>>()
  const known = createPartCache()

  const find = (key: VersionKey): Snapshot | undefined => {
    const found = kept.get(key)
    if (found === undefined) return undefined
    kept.delete(key)
    kept.set(key, found)
    return found.snapshot
  }

  const evict = (): void => {
    for (const oldest of kept.keys()) {
      if (kept.size === 1 || (known.size() <= limit && kept.size <= mostSnapshots)) return
      kept.delete(oldest)
      known.keepOnly([...kept.values()].flatMap(({ parts }) => parts))
    }
  }

  const build: SnapshotCache['build'] = ({ contentHash, header, parts }, bodies) => {
    const snapshot = buildSnapshot({ contentHash, header, parts: parts.map((ref) => known.take(ref, bodies)) })
    kept.set(versionKey({ contentHash, parts }), { snapshot, parts })
    evict()
    return snapshot
  }

  const load = async (source: VersionSource): Promise<Snapshot> => {
    const { contentHash, header, parts } = await source.describe()
    return build({ contentHash, header: JSON.parse(header) as TopologyHeader, parts }, await gatherParts(known, parts, source))
  }

  const open = (source: VersionSource): Promise<Snapshot> => {
    const running = opening.get(source.key)
    if (running !== undefined) return running
    const started = load(source).finally(() => opening.delete(source.key))
    opening.set(source.key, started)
    return started
  }

  return { find, open, build, gather: (parts, source) => gatherParts(known, parts, source) }
}
