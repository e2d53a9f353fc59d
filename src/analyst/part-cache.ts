import type { ClusterResources } from '#engine/resources/cluster-resources'
import { readClusterResources } from '#engine/resources/read-cluster-resources'
import type { VersionContent } from './analyst.js'

/** A cluster's part as a snapshot is built from it; `resources` is shared by every snapshot with the same content. */
export interface KnownPart {
  readonly cluster: string
  readonly resources: ClusterResources
}

/** What a snapshot is built from says nothing of where it was written. */
export type ContentRef = Omit<VersionContent['parts'][number], 'placesDigest'>

export interface PartCache {
  /** Which of these digests would have to be loaded before `take`? */
  missing(refs: readonly ContentRef[]): readonly string[]
  /** The part, read from `bodies` (canonical bytes by digest) where it is not kept. */
  take(ref: ContentRef, bodies: ReadonlyMap<string, Uint8Array>): KnownPart
  /** Canonical bytes of everything kept. */
  size(): number
  /** Lets go of everything but what these refer to. */
  keepOnly(refs: Iterable<ContentRef>): void
}

/** Each cluster's part once per digest, however many versions share it. */
export function createPartCache(): PartCache {
  const resources = new Map<string, ClusterResources>()
  return {
    missing: (refs) => [...new Set(refs.map(({ digest }) => digest))].filter((digest) => !resources.has(digest)),
    take: ({ cluster, digest }, bodies) => {
      const known = resources.get(digest) ?? readClusterResources(digest, bodyOf(bodies, digest))
      resources.set(digest, known)
      return { cluster, resources: known }
    },
    size: () => [...resources.values()].reduce((sum, { size }) => sum + size, 0),
    keepOnly: (refs) => {
      const held = new Set([...refs].map(({ digest }) => digest))
      for (const digest of resources.keys()) if (!held.has(digest)) resources.delete(digest)
    },
  }
}

function bodyOf(bodies: ReadonlyMap<string, Uint8Array>, digest: string): Uint8Array {
  const body = bodies.get(digest)
  if (body === undefined) throw new Error(`the content ${digest} of a version is missing`)
  return body
}
