import { errorOf } from '#engine/model/app-error'
import type { TopologyHeader } from '#engine/model/topology-document'
import type { ClusterResources } from '#engine/resources/cluster-resources'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import { countSelected, tooManySelected } from '#engine/snapshot/services/count-selected'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { gatherParts } from './gather-parts.js'
import { oneAtATime } from './turn-taking/one-at-a-time.js'
import { type ContentRef, createPartCache, type PartCache } from './part-cache.js'
import type { LoadContents, VersionSource } from './version-source.js'
import type { Work } from './turn-taking/work.js'

type PartRefs = readonly ContentRef[]
/** Parts that were read already, by digest. */
type AtHand = ReadonlyMap<string, ClusterResources>

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
  open(source: VersionSource): Work<Snapshot>
  /** The snapshot of what is being taken in, with the parts that were read of it; an equal one that is kept is taken instead. */
  build(plan: SnapshotPlan, load: LoadContents, atHand: AtHand): Work<Snapshot>
  /** Lets go of what was asked for longest ago, until no more than this share of what is kept is left, or one alone. */
  keepAtMost(share: number): void
}

/** Nobody asks about more versions at once. */
const mostSnapshots = 256
/** What a snapshot takes however small its version is: half a megabyte, of which a third counts. */
const smallest = 160 * 1024
/** Of an endpoint that a selector makes: five hundred bytes of memory, of which a third counts. */
const perSelected = 170
/** What is being read takes memory beside what is kept: so many versions at a time. */
const mostOpening = 2

/**
 * Snapshots by the names of their contents, least recently used out first; `limit` bounds their canonical bytes, each of which takes three of memory: half
 * of it for the parts, which versions share, half for what each snapshot works out of all its parts as it is asked.
 *
 * INVARIANT: a part is kept as long as a kept snapshot holds it. Failures are not kept.
 */
export function createSnapshotCache(limit: number): SnapshotCache {
  const kept: KeptSnapshots = new Map()
  const opening = oneAtATime(mostOpening)
  const known = createPartCache()
  const find = (contentHash: string): Snapshot | undefined => findAgain(kept, contentHash)

  function* build({ contentHash, header, parts }: SnapshotPlan, load: LoadContents, atHand?: AtHand): Work<Snapshot> {
    const held = yield* gatherParts(known, parts, load, atHand)
    const snapshot = snapshotOf({ contentHash, header, parts }, held)
    const same = find(contentHash)
    if (same !== undefined) return same
    for (const resources of held.values()) known.keep(resources)
    const bytes = [...held.values()].reduce((sum, { size }) => sum + size, 0)
    kept.set(contentHash, { snapshot, parts: parts.map(refAlone), own: smallest + bytes / 2 + countSelected(snapshot).count * perSelected })
    letGo(kept, known, limit)
    return snapshot
  }

  function* load(source: VersionSource): Work<Snapshot> {
    const { contentHash, header, parts } = yield* source.describe()
    return yield* build({ contentHash, header: JSON.parse(header) as TopologyHeader, parts }, source.load)
  }

  return {
    find,
    *open(source) {
      yield 'LOADING'
      const snapshot = yield* opening(
        source.contentHash,
        () => find(source.contentHash),
        () => load(source),
      )
      yield 'LOADED'
      return snapshot
    },
    *build(plan, loadContents, atHand) {
      return find(plan.contentHash) ?? (yield* build(plan, loadContents, atHand))
    },
    keepAtMost: (share) => letGo(kept, known, weightOf(kept, known) * share),
  }
}

function snapshotOf({ contentHash, header, parts }: SnapshotPlan, held: ReadonlyMap<string, ClusterResources>): Snapshot {
  const snapshot = buildSnapshot({ contentHash, header, parts: parts.flatMap((ref) => partOf(ref, held)) })
  const excess = tooManySelected(snapshot)
  if (excess !== undefined) throw errorOf(excess)
  return snapshot
}

/** Whatever else comes with it is not kept. */
const refAlone = ({ cluster, digest }: ContentRef): ContentRef => ({ cluster, digest })

interface KeptSnapshot {
  readonly snapshot: Snapshot
  readonly parts: PartRefs
  /** What it weighs without its parts. */
  readonly own: number
}

type KeptSnapshots = Map<string, KeptSnapshot>

const weightOf = (kept: KeptSnapshots, known: PartCache): number =>
  known.size() / 2 + [...kept.values()].reduce((sum, { own }) => sum + own, 0)

function letGo(kept: KeptSnapshots, known: PartCache, most: number): void {
  for (const oldest of kept.keys()) {
    if (kept.size === 1 || (weightOf(kept, known) <= most && kept.size <= mostSnapshots)) return
    kept.delete(oldest)
    known.keepOnly([...kept.values()].flatMap(({ parts }) => parts))
  }
}

/** What was asked for last is let go of last. */
function findAgain(kept: KeptSnapshots, contentHash: string): Snapshot | undefined {
  const found = kept.get(contentHash)
  if (found === undefined) return undefined
  if (kept.size > 1) {
    kept.delete(contentHash)
    kept.set(contentHash, found)
  }
  return found.snapshot
}

const partOf = ({ cluster, digest }: ContentRef, held: ReadonlyMap<string, ClusterResources>) => {
  const resources = held.get(digest)
  return resources === undefined ? [] : [{ cluster, resources }]
}
