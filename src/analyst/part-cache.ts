import type { Places } from '#engine/manifests/ingested'
import type { ClusterResources } from '#engine/resources/cluster-resources'
import { readClusterResources } from '#engine/resources/read-cluster-resources'
import type { VersionContent } from './analyst.js'

/** A cluster's part as a snapshot is built from it; `resources` is shared by every snapshot with the same content. */
export interface KnownPart {
  readonly cluster: string
  readonly resources: ClusterResources
  readonly places: Places
}

type PartRef = VersionContent['parts'][number]

export interface PartCache {
  /** Which of these digests would have to be loaded before `take`? */
  missing(refs: readonly PartRef[]): readonly string[]
  /** The part, read from `bodies` (canonical bytes by digest) where it is not kept. */
  take(ref: PartRef, bodies: ReadonlyMap<string, Uint8Array>): KnownPart
  /** Canonical bytes of everything kept. */
  size(): number
  /** Lets go of everything but what these refer to. */
  keepOnly(refs: Iterable<PartRef>): void
}

/** Each cluster's part once per digest, however many versions share it; its places likewise. */
export function createPartCache(): PartCache {
  const resources = new Map<string, ClusterResources>()
  const places = new Map<string, Places>()
  return {
    missing: (refs) => [
      ...new Set(
        refs.flatMap(({ digest, placesDigest }) => [
          ...(resources.has(digest) ? [] : [digest]),
          ...(places.has(placesDigest) ? [] : [placesDigest]),
        ]),
      ),
    ],
    take: ({ cluster, digest, placesDigest }, bodies) => ({
      cluster,
      resources: kept(resources, digest, () => readClusterResources(digest, bodyOf(bodies, digest))),
      places: kept(places, placesDigest, () => JSON.parse(new TextDecoder().decode(bodyOf(bodies, placesDigest))) as Places),
    }),
    size: () => [...resources.values()].reduce((sum, { size }) => sum + size, 0),
    keepOnly: (refs) => {
      const held = new Set([...refs].flatMap(({ digest, placesDigest }) => [digest, placesDigest]))
      for (const map of [resources, places]) for (const digest of map.keys()) if (!held.has(digest)) map.delete(digest)
    },
  }
}

function kept<T>(map: Map<string, T>, digest: string, read: () => T): T {
  const known = map.get(digest) ?? read()
  map.set(digest, known)
  return known
}

function bodyOf(bodies: ReadonlyMap<string, Uint8Array>, digest: string): Uint8Array {
  const body = bodies.get(digest)
  if (body === undefined) throw new Error(`the content ${digest} of a version is missing`)
  return body
}
