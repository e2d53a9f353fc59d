import { locateFields } from '#engine/manifests/locate-fields'
import type { TakenDocument } from '#engine/manifests/ingested'
import { placeOfEntry, tellPlaces } from '#engine/manifests/tell-places'
import type { PlaceMark } from '#engine/model/place-mark'
import type { ReadPart } from '#engine/resources/read-part'
import type { Teller } from '../place-book.js'
import type { Work } from '../turn-taking/work.js'

type Taken = Pick<TakenDocument<ReadPart<unknown>>, 'places' | 'standingOfEntry' | 'parts'>

/** Tells places of a document that was read here: of objects and entries as they are kept, of the fields in them by reading once more what an answer names. */
export function tellerOfTaken({ places, standingOfEntry, parts }: Taken): Teller {
  const partOf = new Map(parts.map((part) => [part.cluster, part]))
  const fields = locateFields((marked) =>
    'entry' in marked ? standingOfEntry(marked.entry) : partOf.get(marked.cluster)?.standingOf(marked.index),
  )
  const placeOf = (marked: PlaceMark) =>
    'entry' in marked ? placeOfEntry(places, marked.entry) : partOf.get(marked.cluster)?.placeOf(marked.index)
  return {
    tell: (answer) => tellPlaces(answer, (marked, path) => (path === null ? undefined : fields.placeOf(marked, path)) ?? placeOf(marked)),
    load: () => (fields.isAsked() ? locating(fields) : undefined),
  }
}

function* locating({ locate }: Pick<ReturnType<typeof locateFields>, 'locate'>): Work<void> {
  yield 'PUT_DOWN'
  locate()
}
