import type { HeaderPlaces, Places } from '#engine/manifests/ingested'
import { unpack } from './pack.js'
import type { VersionSource } from './version-source.js'

type AnyPlaces = Places | HeaderPlaces

/** Places by digest, those that were not looked up for longest let go of first. */
export interface KeptPlaces {
  find(digest: string): AnyPlaces | undefined
  keep(digest: string, places: AnyPlaces): void
  /** Reads and keeps what is missing, once for all who want it; what the source does not have stays missing. */
  load(missing: readonly string[], source: Pick<VersionSource, 'load'>): Promise<void>
}

/** So many pairs of numbers take about twenty megabytes. */
const mostPairs = 500_000

export function keptPlaces(): KeptPlaces {
  const kept = new Map<string, AnyPlaces>()
  const loading = new Map<string, Promise<void>>()
  let pairs = 0

  const keep: KeptPlaces['keep'] = (digest, places) => {
    if (kept.has(digest)) return
    kept.set(digest, places)
    pairs += weightOf(places)
    for (const [oldest, held] of kept) {
      if (pairs <= mostPairs || kept.size === 1) break
      kept.delete(oldest)
      pairs -= weightOf(held)
    }
  }

  const read = async (digests: readonly string[], { load }: Pick<VersionSource, 'load'>): Promise<void> => {
    try {
      for (const [digest, text] of unpack(await load(digests))) keep(digest, JSON.parse(new TextDecoder().decode(text)) as AnyPlaces)
    } finally {
      for (const digest of digests) loading.delete(digest)
    }
  }

  return {
    find: (digest) => {
      const found = kept.get(digest)
      if (found === undefined) return undefined
      kept.delete(digest)
      kept.set(digest, found)
      return found
    },
    keep,
    load: async (missing, source) => {
      const wanted = missing.filter((digest) => !loading.has(digest))
      const started = wanted.length === 0 ? Promise.resolve() : read(wanted, source)
      for (const digest of wanted) loading.set(digest, started)
      await Promise.all(missing.map((digest) => loading.get(digest) ?? started))
    },
  }
}

const weightOf = (places: AnyPlaces): number => 1 + ('objects' in places ? places.objects.length : Object.keys(places.entries).length)
