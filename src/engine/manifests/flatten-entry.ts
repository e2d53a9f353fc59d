import type { DocumentFault, Origin } from './document-fault.js'
import type { Path } from './parsing/pointer-trie.js'
import { isRecord, type RawObject } from './raw-object.js'

export interface Flattened {
  /** Takes each object as it is found: nobody holds all of them. */
  readonly take: (object: RawObject) => void
  readonly faults: DocumentFault[]
}

const isList = (value: Readonly<Record<string, unknown>>): boolean =>
  typeof value.kind === 'string' && value.kind.endsWith('List') && Array.isArray(value.items)

/** Objects of a `resources` list, in order; every `kind: List`, and lists within lists, opened. */
const flattenEntries = (entries: readonly unknown[], path: Path, origin: Origin, into: Flattened): void => {
  entries.forEach((entry, index) => flattenEntry(entry, [...path, index], origin, into))
}

export const flattenEntry = (entry: unknown, path: Path, origin: Origin, into: Flattened): void => {
  if (!isRecord(entry)) {
    const detail = `a resource must be an object${entry === null ? ', and is null' : ''}`
    into.faults.push({ code: 'OBJECT_UNIDENTIFIED', detail, path, origin })
    return
  }
  if (isList(entry)) return flattenEntries(entry.items as readonly unknown[], [...path, 'items'], origin, into)
  into.take({ value: entry, path, origin, file: origin.file, line: origin.document.lineOf(entry) })
}

/** The objects of a document that holds nothing else: one, a list of them, a `kind: List`, or, between two `---`, none. */
export const flattenDocument = (origin: Origin, into: Flattened): void => {
  const { value } = origin.document
  if (Array.isArray(value)) flattenEntries(value, [], origin, into)
  else if (value !== null && value !== undefined) flattenEntry(value, [], origin, into)
}
