import type { TopologyHeader } from '#engine/model/topology-document'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { gatherParts } from './gather-parts.js'
import { type ContentRef, createPartCache } from './part-cache.js'
import type { VersionSource } from './version-source.js'

type PartRefs = readonly ContentRef[]

/** What names a snapshot and says what it is built from. */
export interface SnapshotPlan {
  readonly contentHash: string
  readonly header: TopologyHeader
  readonly parts: PartRefs
}

export interface SnapshotCache {
  /** The snapshot if it is kept: the way of almost every question. */
  find(contentHash: string): Snapshot | undefined
  /** The snapshot, built from what is kept and what the source loads; wanted twice at once, it is built once. */
  open(source: VersionSource): Promise<Snapshot>
  /** Canonical bytes, by digest, of those parts that are not kept; `build` has to follow at once. */
  gather(parts: PartRefs, source: Pick<VersionSource, 'load'>): Promise<ReadonlyMap<string, Uint8Array>>
  /** The snapshot of what is being taken in; an equal one that is kept is taken instead. */
  build(plan: SnapshotPlan, bodies: ReadonlyMap<string, Uint8Array>): Snapshot
}

/** Snapshots of small versions weigh little in bytes, and something all the same. */
const mostSnapshots = 256

/**
 * Snapshots by the names of their contents, least recently used out first; `limit` bounds the canonical bytes of the distinct parts that they hold.
 *
 * INVARIANT: a part is kept as long as a kept snapshot holds it. Failures are not kept.
 */
export function createSnapshotCache(limit: number): SnapshotCache {
  const kept = new Map<string, { readonly snapshot: Snapshot; readonly parts: PartRefs }>()
  const opening = new Map<string, Promise<Snapshot>>()
  const known = createPartCache()

  const find = (contentHash: string): Snapshot | undefined => {
    const found = kept.get(contentHash)
    if (found === undefined) return undefined
    kept.delete(contentHash)
    kept.set(contentHash, found)
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
    const same = find(contentHash)
    if (same !== undefined) return same
    const snapshot = buildSnapshot({ contentHash, header, parts: parts.map((ref) => known.take(ref, bodies)) })
    kept.set(contentHash, { snapshot, parts })
    evict()
    return snapshot
  }

  const load = async (source: VersionSource): Promise<Snapshot> => {
    const { contentHash, header, parts } = await source.describe()
    return build({ contentHash, header: JSON.parse(header) as TopologyHeader, parts }, await gatherParts(known, parts, source))
  }

  const open = (source: VersionSource): Promise<Snapshot> => {
    const running = opening.get(source.contentHash)
    if (running !== undefined) return running
    const started = load(source).finally(() => opening.delete(source.contentHash))
    opening.set(source.contentHash, started)
    return started
  }

  return { find, open, build, gather: (parts, source) => gatherParts(known, parts, source) }
}
