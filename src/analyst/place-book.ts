import type { HeaderPlaces, Places } from '#engine/manifests/ingested'
import { placeOfEntry, placeOfObject, tellPlaces } from '#engine/manifests/tell-places'
import type { PlaceMark } from '#engine/model/place-mark'
import type { SourcePlace } from '#engine/model/resource-ref'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { keptPlaces } from './kept-places.js'
import type { VersionSource } from './version-source.js'
import type { Work } from './turn-taking/work.js'

/** Tells places to answers about one version. */
export interface Teller {
  /** The same with places for its marks, as far as they are at hand. */
  readonly tell: <T>(answer: T) => T
  /** Reads those that were not, so that telling it again tells all; undefined: there were none. */
  readonly load: () => Work<void> | undefined
}

/** Where versions were written; looked up when an answer names something, and not before. */
export interface PlaceBook {
  /** What was just taken in. */
  keep(digest: string, places: Places | HeaderPlaces): void
  teller(snapshot: Snapshot, source: Pick<VersionSource, 'places' | 'load'>): Teller
}

/** `limit`: bytes of places, about, that are kept for when they are looked up. */
export function createPlaceBook(limit: number): PlaceBook {
  const kept = keptPlaces(limit)
  const teller: PlaceBook['teller'] = (snapshot, source) => {
    const digestOf = digestsOf(snapshot, source)
    const missing = new Set<string>()
    const asked = new Set<string>()
    const placeOf = (marked: PlaceMark): SourcePlace | null => {
      const digest = digestOf(marked) ?? ''
      if (digest === '') return null
      const places = kept.find(digest)
      if (places !== undefined) return placeIn(places, marked)
      // What was told anew meanwhile is gone: then nobody can say where it was.
      if (!asked.has(digest)) missing.add(digest)
      return null
    }
    return {
      tell: (answer) => tellPlaces(answer, placeOf),
      load: () => {
        if (missing.size === 0) return undefined
        const wanted = [...missing]
        missing.clear()
        for (const digest of wanted) asked.add(digest)
        return kept.load(wanted, source)
      },
    }
  }
  return { keep: kept.keep, teller }
}

/** Parts are in the order of the header's clusters: both are sorted by name. */
function digestsOf({ clusters }: Snapshot, { places }: Pick<VersionSource, 'places'>): (marked: PlaceMark) => string | undefined {
  let names: readonly string[] | undefined
  return (marked) => {
    if ('entry' in marked) return places.header
    names ??= [...clusters.keys()]
    return places.parts[names.indexOf(marked.cluster)]
  }
}

function placeIn(places: Places | HeaderPlaces, marked: PlaceMark): SourcePlace | null {
  if ('entry' in marked) return 'entries' in places ? placeOfEntry(places, marked.entry) : null
  return 'objects' in places ? placeOfObject(places, marked.index) : null
}
