import type { Fault } from '../model/app-error.js'
import type { Finding } from '../model/report.js'
import { type DocumentFault, faultOfText, type Origin } from './document-fault.js'
import { decodeUtf8, type DocumentUpload, type SuppliedFile } from './document-text.js'
import { flattenDocument, flattenEntry, type Flattened } from './flatten-entry.js'
import { globMatcher } from './glob-matcher.js'
import { isTextFault, parseText } from './parsing/parse-text.js'
import type { ParsedDocument } from './parsing/parsed-text.js'
import type { Path } from './parsing/pointer-trie.js'
import { isRecord, type RawObject } from './raw-object.js'
import { notesOfText } from './reading-notes.js'

export interface ResolvedResources {
  readonly objects: readonly RawObject[]
  readonly faults: readonly DocumentFault[]
  /** Faults of included files, placed already. */
  readonly fileFaults: readonly Fault[]
  readonly notes: readonly Finding[]
}

/** `{ include: glob }`, and nothing beside it. */
const includeOf = (entry: unknown): string | undefined =>
  isRecord(entry) && typeof entry.include === 'string' && Object.keys(entry).length === 1 ? entry.include : undefined

/** A cluster's objects: inline ones and lists flattened, `include` entries replaced by the objects of the files they name. */
export const resolveResources = (
  entries: readonly unknown[],
  path: Path,
  origin: Origin,
  files: DocumentUpload['files'],
): ResolvedResources => {
  const into: Flattened = { objects: [], faults: [] }
  const fileFaults: Fault[] = []
  const notes: Finding[] = []
  entries.forEach((entry, index) => {
    const pattern = includeOf(entry)
    if (pattern === undefined) return flattenEntry(entry, [...path, index], origin, into)
    const matches = globMatcher(pattern)
    const included = (files ?? []).filter((file) => matches(file.path)).toSorted((a, b) => (a.path < b.path ? -1 : 1))
    if (included.length === 0)
      into.faults.push({
        code: 'INCLUDE_UNRESOLVED',
        detail: files === undefined ? 'files can be included from the command line only' : 'no file matches this pattern',
        path: [...path, index, 'include'],
      })
    for (const file of included) readFile(file, into, fileFaults, notes)
  })
  return { ...into, fileFaults, notes }
}

/** A cluster's objects that came as documents of their own. */
export const resolveDocuments = (documents: readonly ParsedDocument[], file: string | null): ResolvedResources => {
  const into: Flattened = { objects: [], faults: [] }
  for (const document of documents) flattenDocument({ file, document }, into)
  return { ...into, fileFaults: [], notes: [] }
}

const readFile = (file: SuppliedFile, into: Flattened, faults: Fault[], notes: Finding[]): void => {
  const text = decodeUtf8(file.body)
  if (text === undefined) {
    faults.push({ code: 'BODY_NOT_UTF8', detail: 'the file is not valid UTF-8', source: { file: file.path, line: null } })
    return
  }
  // As kubectl does: what a text is shows in how it begins, and not in the name of its file.
  const parsed = parseText(text, 'application/yaml')
  if (isTextFault(parsed)) {
    faults.push(faultOfText(parsed, file.path))
    return
  }
  notes.push(...notesOfText(file.path, parsed))
  for (const document of parsed.documents) flattenDocument({ file: file.path, document }, into)
}
