import type { HeaderPlaces, Places } from '#engine/manifests/ingested'
import { placeOfEntry, placeOfObject, tellPlaces } from '#engine/manifests/tell-places'
import type { PlaceMark } from '#engine/model/place-mark'
import type { SourcePlace } from '#engine/model/resource-ref'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { keptPlaces } from './kept-places.js'
import type { VersionSource } from './version-source.js'

/** Where versions were written; looked up when an answer names something, and not before. */
export interface PlaceBook {
  /** What was just taken in. */
  keep(digest: string, places: Places | HeaderPlaces): void
  /** The answer with places for its marks; later, where they have to be read first. */
  tell<T>(answer: T, snapshot: Snapshot, source: Pick<VersionSource, 'places' | 'load'>): T | Promise<T>
}

export function createPlaceBook(): PlaceBook {
  const kept = keptPlaces()
  /** What is not at hand is added to `missing`. */
  const telling = <T>(answer: T, digestOf: (marked: PlaceMark) => string | undefined, missing: Set<string>): T =>
    tellPlaces(answer, (marked) => {
      const digest = digestOf(marked) ?? ''
      if (digest === '') return null
      const places = kept.find(digest)
      if (places !== undefined) return placeIn(places, marked)
      missing.add(digest)
      return null
    })
  return {
    keep: kept.keep,
    tell: (answer, snapshot, source) => {
      const digestOf = digestsOf(snapshot, source)
      const missing = new Set<string>()
      const told = telling(answer, digestOf, missing)
      if (missing.size === 0) return told
      // What was told anew meanwhile is gone: then nobody can say where it was.
      return kept.load([...missing], source).then(() => telling(answer, digestOf, new Set()))
    },
  }
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
