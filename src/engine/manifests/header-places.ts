import type { TopologyHeader } from '../model/topology-document.js'
import type { Origin } from './document-fault.js'
import { headerEntries, headerLists } from './header-entries.js'
import type { EntryPlace } from './entry-place.js'
import type { HeaderPlaces } from './ingested.js'
import type { Path } from './parsing/pointer-trie.js'

export const noHeaderPlaces: HeaderPlaces = { files: [], entries: {} }

/** Where each entry stands in the document that states it. */
export type EntryPaths = ReadonlyMap<string, Path>

/** `kept` is the header in the order in which it was written, `canonical` the same entries in theirs. */
export function entryPaths(written: Readonly<Record<string, unknown>>, kept: TopologyHeader, canonical: TopologyHeader): EntryPaths {
  const pathOf = new Map<object, Path>()
  for (const list of headerLists) {
    if (Array.isArray(written[list])) kept[list]?.forEach((entry, position) => pathOf.set(entry, [list, position]))
  }
  return new Map(
    headerEntries(canonical).flatMap(([name, entry]) => {
      const path = pathOf.get(entry)
      return path === undefined ? [] : [[name, path] as const]
    }),
  )
}

/** Where each entry was written, as far as the document states it. */
export const headerPlaces = (
  written: Readonly<Record<string, unknown>>,
  { file, document }: Pick<Origin, 'file' | 'document'>,
  paths: EntryPaths,
): HeaderPlaces => {
  const entries = [...paths].map(([name, path]) => {
    const [list = '', position = 0] = path
    const entry = (written[list] as readonly object[])[Number(position)]
    return [name, [file === null ? -1 : 0, entry === undefined ? 0 : document.lineOf(entry, path)()]] as const
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
