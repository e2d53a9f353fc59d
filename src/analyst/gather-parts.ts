import { unpack } from './pack.js'
import type { ContentRef, PartCache } from './part-cache.js'
import type { VersionSource } from './version-source.js'

/**
 * Canonical bytes, by digest, of those parts that are not kept.
 *
 * Parts may be let go of while others are loaded, so what is missing is asked until nothing is.
 */
export async function gatherParts(
  known: PartCache,
  parts: readonly ContentRef[],
  source: Pick<VersionSource, 'load'>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const bodies = new Map<string, Uint8Array>()
  for (;;) {
    const missing = known.missing(parts).filter((digest) => !bodies.has(digest))
    if (missing.length === 0) return bodies
    for (const [digest, body] of unpack(await source.load(missing))) bodies.set(digest, body)
    const lost = missing.find((digest) => !bodies.has(digest))
    if (lost !== undefined) throw new Error(`the content ${lost} of a version is missing`)
  }
}
