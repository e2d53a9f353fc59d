import type { TopologyHeader } from '../model/topology-document.js'
import type { Origin } from './document-fault.js'
import { headerEntries, headerLists } from './header-entries.js'
import type { HeaderPlaces } from './ingested.js'

/** Where one entry was written; no file: in a body that came over HTTP. */
export interface EntryPlace {
  readonly file: string | null
  readonly line: number
}

export const noHeaderPlaces: HeaderPlaces = { files: [], entries: {} }

/**
 * Where each entry was written, as far as the document states it: `kept` is the header in the order in which it was written, `canonical` the same
 * entries in theirs.
 */
export const headerPlaces = (
  written: Readonly<Record<string, unknown>>,
  { file, document }: Origin,
  kept: TopologyHeader,
  canonical: TopologyHeader,
): HeaderPlaces => {
  const lineOf = new Map<object, number>()
  for (const list of headerLists) {
    const sent = written[list]
    if (!Array.isArray(sent)) continue
    kept[list]?.forEach((entry, position) => lineOf.set(entry, document.lineOf(sent[position] as object)()))
  }
  const entries = headerEntries(canonical).flatMap(([name, entry]) => {
    const line = lineOf.get(entry)
    return line === undefined ? [] : [[name, [file === null ? -1 : 0, line]] as const]
  })
  return { files: file === null || entries.length === 0 ? [] : [file], entries: Object.fromEntries(entries) }
}

/** The places of a header in which one cluster's entry is another: those of the others stay. */
export const withClusterPlace = ({ files, entries }: HeaderPlaces, cluster: string, place: EntryPlace): HeaderPlaces => {
  const known = place.file === null ? -1 : files.indexOf(place.file)
  const position = place.file !== null && known < 0 ? files.length : known
  return {
    files: position === files.length && place.file !== null ? [...files, place.file] : files,
    entries: { ...entries, [`Cluster/${cluster}`]: [position, place.line] },
  }
}
