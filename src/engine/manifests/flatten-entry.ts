import { pause } from '../pause.js'
import type { DocumentFault, Origin } from './document-fault.js'
import { type OpenedList, openList } from './intake/open-list.js'
import { type Path, pathTo } from './parsing/pointer-trie.js'
import { isRecord, type RawObject } from './raw-object.js'

export interface Flattened {
  /** Takes each object as it is found: nobody holds all of them. */
  readonly take: (object: RawObject) => void
  readonly faults: DocumentFault[]
}

/** Objects of a `resources` list, in order; every list, and lists within lists, opened. */
const flattenEntries = (entries: readonly unknown[], path: Path, origin: Origin, into: Flattened, list?: OpenedList): void => {
  entries.forEach((entry, index) => {
    pause()
    flattenEntry(entry, pathTo(path, index), origin, into, list)
  })
}

/** `list`: the one that it is an item of. */
export const flattenEntry = (entry: unknown, path: Path, origin: Origin, into: Flattened, list?: OpenedList): void => {
  if (!isRecord(entry)) {
    const detail = `a resource must be an object${entry === null ? ', and is null' : ''}`
    into.faults.push({ code: 'OBJECT_UNIDENTIFIED', detail, path, origin })
    return
  }
  const value = list?.itemOf(entry) ?? entry
  const opened = openList(value)
  if (opened !== undefined) return flattenEntries(opened.items, [...path, 'items'], origin, into, opened)
  into.take({ value, path, origin, file: origin.file, line: origin.document.lineOf(entry, path) })
}

/** The objects of a document that holds nothing else: one, a list of them, a `kind: List`, or, between two `---`, none. */
export const flattenDocument = (origin: Origin, into: Flattened): void => {
  const { value } = origin.document
  if (Array.isArray(value)) flattenEntries(value, [], origin, into)
  else if (value !== null && value !== undefined) flattenEntry(value, [], origin, into)
}
