import type { DocumentFault } from './document-fault.js'
import type { Path } from './parsing/pointer-trie.js'
import { isRecord, type RawObject } from './raw-object.js'

export interface Flattened {
  readonly objects: RawObject[]
  readonly faults: DocumentFault[]
}

/** Where the entries stand: the file, and the lines of its objects. */
export interface EntryOrigin {
  readonly file: string | null
  readonly lines: ReadonlyMap<object, number>
}

const isList = (value: Readonly<Record<string, unknown>>): boolean =>
  typeof value.kind === 'string' && value.kind.endsWith('List') && Array.isArray(value.items)

/** Objects of a `resources` list (or of a file), in order; every `kind: List`, and lists within lists, opened. */
export const flattenResources = (entries: readonly unknown[], path: Path, origin: EntryOrigin, into: Flattened): void => {
  entries.forEach((entry, index) => flattenEntry(entry, [...path, index], origin, into))
}

export const flattenEntry = (entry: unknown, path: Path, origin: EntryOrigin, into: Flattened): void => {
  if (entry === null || entry === undefined) return
  if (!isRecord(entry)) {
    into.faults.push({
      code: 'OBJECT_UNIDENTIFIED',
      detail: 'a resource must be an object',
      path,
      ...(origin.file === null ? {} : { source: { file: origin.file, line: null } }),
    })
    return
  }
  if (isList(entry)) return flattenResources(entry.items as readonly unknown[], [...path, 'items'], origin, into)
  into.objects.push({ value: entry, path, file: origin.file, line: origin.lines.get(entry) ?? 0 })
}
