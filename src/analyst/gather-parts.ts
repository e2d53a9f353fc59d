import type { ClusterResources } from '#engine/resources/cluster-resources'
import { readInStretches } from '#engine/resources/read-cluster-resources'
import type { ContentRef, PartCache } from './part-cache.js'
import type { LoadContents } from './version-source.js'
import { inTurns, type Work } from './turn-taking/work.js'

/** Parts by digest: those that are kept or at hand, and the others loaded and read. Whatever is let go of meanwhile, these are held here. */
export function* gatherParts(
  known: PartCache,
  parts: readonly ContentRef[],
  load: LoadContents,
  atHand: ReadonlyMap<string, ClusterResources> = none,
): Work<ReadonlyMap<string, ClusterResources>> {
  const digests = [...new Set(parts.map(({ digest }) => digest))]
  const held = new Map(digests.flatMap((digest) => entryOf(digest, known.find(digest) ?? atHand.get(digest))))
  const missing = digests.filter((digest) => !held.has(digest))
  const bodies: ReadonlyMap<string, Uint8Array> = missing.length === 0 ? none : yield* load(missing)
  for (const digest of missing) {
    const body = bodies.get(digest)
    if (body === undefined) throw new Error(`the content ${digest} of a version is missing`)
    held.set(digest, known.find(digest) ?? (yield* inTurns(readInStretches(digest, body))))
  }
  return held
}

const none = new Map<string, never>()

const entryOf = <V>(key: string, value: V | undefined): [string, V][] => (value === undefined ? [] : [[key, value]])
