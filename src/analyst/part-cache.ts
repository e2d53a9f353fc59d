import type { ClusterResources } from '#engine/resources/cluster-resources'
import type { VersionContent } from './analyst.js'

/** What a snapshot is built from says nothing of where it was written. */
export type ContentRef = Omit<VersionContent['parts'][number], 'placesDigest'>

export interface PartCache {
  find(digest: string): ClusterResources | undefined
  keep(resources: ClusterResources): void
  /** Canonical bytes of everything kept. */
  size(): number
  /** Lets go of everything but what these refer to. */
  keepOnly(refs: Iterable<ContentRef>): void
}

/** Each cluster's part once per digest, however many versions share it. */
export function createPartCache(): PartCache {
  const parts = new Map<string, ClusterResources>()
  return {
    find: (digest) => parts.get(digest),
    keep: (resources) => void parts.set(resources.digest, resources),
    size: () => [...parts.values()].reduce((sum, { size }) => sum + size, 0),
    keepOnly: (refs) => {
      const held = new Set([...refs].map(({ digest }) => digest))
      for (const digest of parts.keys()) if (!held.has(digest)) parts.delete(digest)
    },
  }
}
