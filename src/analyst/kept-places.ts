import type { HeaderPlaces, Places } from '#engine/manifests/ingested'
import { oneAtATime } from './turn-taking/one-at-a-time.js'
import type { VersionSource } from './version-source.js'
import type { Work } from './turn-taking/work.js'

type AnyPlaces = Places | HeaderPlaces

/** Places by digest, those that were not looked up for longest let go of first; bounded by about how many bytes they take. */
export interface KeptPlaces {
  find(digest: string): AnyPlaces | undefined
  keep(digest: string, places: AnyPlaces): void
  /** Reads and keeps what is missing, once for all who want it; what the source does not have stays missing. */
  load(missing: readonly string[], source: Pick<VersionSource, 'load'>): Work<void>
}

/** What a pair of numbers takes, about. */
const pairBytes = 40

export function keptPlaces(limit: number): KeptPlaces {
  const mostPairs = limit / pairBytes
  const kept = new Map<string, AnyPlaces>()
  const reading = oneAtATime()
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

  const find: KeptPlaces['find'] = (digest) => {
    const found = kept.get(digest)
    if (found === undefined) return undefined
    kept.delete(digest)
    kept.set(digest, found)
    return found
  }

  function* read(digest: string, { load }: Pick<VersionSource, 'load'>): Work<AnyPlaces | undefined> {
    const text = (yield* load([digest])).get(digest)
    if (text !== undefined) keep(digest, JSON.parse(new TextDecoder().decode(text)) as AnyPlaces)
    return kept.get(digest)
  }

  return {
    find,
    keep,
    *load(missing, source) {
      for (const digest of missing)
        yield* reading<AnyPlaces | undefined>(
          digest,
          () => kept.get(digest),
          () => read(digest, source),
        )
    },
  }
}

const weightOf = (places: AnyPlaces): number => 1 + ('objects' in places ? places.objects.length : Object.keys(places.entries).length)
