import { addAll } from '../add-all.js'
import type { Fault } from '../model/app-error.js'
import type { LeftOutFile } from '../model/left-out.js'
import { globMatcher, patternsMatcher } from '../model/glob-matcher.js'
import type { Finding } from '../model/report.js'
import { entryKind, type IncludeEntry, listOf, type ResourceEntry } from '../model/resource-entry.js'
import { checkEntry } from './check-entry.js'
import type { DocumentFault, Origin } from './document-fault.js'
import type { SuppliedFile } from './document-text.js'
import type { LostObjects } from './files/lost-objects.js'
import { eachOnce } from './files/each-once.js'
import type { OpenedFile } from './files/open-files.js'
import { reasonOfDocument } from './files/reason-by-content.js'
import { flattenDocument, flattenEntry, type Flattened } from './flatten-entry.js'
import type { ParsedDocument } from './parsing/parsed-text.js'
import { type Path, pathTo, pointerOf } from './parsing/pointer-trie.js'
import { notesOfText } from './reading-notes.js'

/** What was seen where a cluster's objects were looked for; the objects themselves were handed on as they were found. */
export interface ResolvedResources {
  readonly faults: readonly DocumentFault[]
  /** Faults of files that cannot be read at all, placed already. */
  readonly fileFaults: readonly Fault[]
  /** What stands in those files, as far as they show it. */
  readonly lost: readonly LostObjects[]
  readonly leftOut: readonly LeftOutFile[]
  readonly notes: readonly Finding[]
}

/** Files at hand, and what each of them is; absent where there are none, as in a request. */
export interface FilesAtHand {
  readonly files: readonly SuppliedFile[]
  /** Paths of others that are there, and excluded. */
  readonly excluded?: readonly string[]
  open(file: SuppliedFile): OpenedFile
}

interface Resolving extends Flattened {
  readonly fileFaults: Fault[]
  readonly lost: LostObjects[]
  readonly leftOut: LeftOutFile[]
  readonly notes: Finding[]
  readonly atHand: FilesAtHand | undefined
}

type Take = Flattened['take']

const resolving = (take: Take, atHand?: FilesAtHand): Resolving => ({
  take,
  faults: [],
  fileFaults: [],
  lost: [],
  leftOut: [],
  notes: [],
  atHand,
})

/** A cluster's objects: inline ones and lists flattened, entries that stand for files replaced by the objects in these. */
export const resolveResources = (
  entries: readonly unknown[],
  path: Path,
  origin: Origin,
  take: Take,
  atHand?: FilesAtHand,
): ResolvedResources => {
  const into = resolving(take, atHand)
  entries.forEach((entry, index) => {
    const at = pathTo(path, index)
    const kind = entryKind(entry)
    if (kind === undefined) return flattenEntry(entry, at, origin, into)
    const checked = checkEntry(entry, kind, at)
    if (Array.isArray(checked)) addAll(into.faults, checked as readonly DocumentFault[])
    else resolveEntry(checked as ResourceEntry, at, into)
  })
  return into
}

/** A cluster's objects that came as files of their own. */
export const resolveFiles = (files: readonly SuppliedFile[], take: Take, atHand: FilesAtHand): ResolvedResources => {
  const into = resolving(take, atHand)
  for (const file of eachOnce(files)) takeFile(file, undefined, into)
  return into
}

/** A cluster's objects that came as documents of one text. */
export const resolveDocuments = (documents: readonly ParsedDocument[], file: string | null, take: Take): ResolvedResources => {
  const into = resolving(take)
  takeDocuments(documents, { file }, into)
  return into
}

const resolveEntry = (entry: ResourceEntry, path: Path, into: Resolving): void => {
  const files = 'include' in entry ? included(entry, into) : rendered(path, into)
  const inVain = 'include' in entry ? unmatched(entry, into) : []
  for (const { pattern, index } of inVain)
    into.faults.push({ code: 'INCLUDE_UNRESOLVED', detail: `no file matches \`${pattern}\``, path: [...path, 'include', index] })
  if (files.length === 0 && inVain.length === 0)
    into.faults.push({ code: 'INCLUDE_UNRESOLVED', detail: unresolved(entry, into), path: [...path, Object.keys(entry)[0] ?? ''] })
  for (const file of files) takeFile(file, entry.namespace, into)
}

const unresolved = (entry: ResourceEntry, { atHand }: Resolving): string => {
  if ('include' in entry)
    return atHand === undefined
      ? 'files can be included on the command line, and from an archive or a form that brings them'
      : 'no file matches this pattern'
  return 'this is rendered on the command line only'
}

/** Files that an entry may include. */
const includable = ({ atHand }: Resolving): readonly SuppliedFile[] =>
  (atHand?.files ?? []).filter(({ cluster, renders }) => cluster === undefined && renders === undefined)

const included = ({ include, exclude }: IncludeEntry, into: Resolving): readonly SuppliedFile[] => {
  const matches = patternsMatcher(listOf(include), listOf(exclude))
  const candidates = includable(into).filter(({ path }) => matches(path))
  return eachOnce(candidates.toSorted((a, b) => (a.path < b.path ? -1 : 1)))
}

/** Patterns of a list that match nothing: others that do would hide a slip. */
const unmatched = ({ include }: IncludeEntry, into: Resolving): readonly { readonly pattern: string; readonly index: number }[] => {
  if (typeof include === 'string' || into.atHand === undefined) return []
  const paths = [...includable(into).map(({ path }) => path), ...(into.atHand.excluded ?? [])]
  return include.flatMap((pattern, index) => {
    if (pattern.startsWith('!')) return []
    const matches = globMatcher(pattern)
    return paths.some(matches) ? [] : [{ pattern, index }]
  })
}

const rendered = (path: Path, { atHand }: Resolving): readonly SuppliedFile[] => {
  const entry = pointerOf(path)
  return (atHand?.files ?? []).filter(({ renders }) => renders === entry)
}

const takeFile = (file: SuppliedFile, namespace: string | undefined, into: Resolving): void => {
  const opened = into.atHand?.open(file)
  if (opened === undefined) return
  if ('fault' in opened) {
    into.fileFaults.push(opened.fault)
    addAll(
      into.lost,
      opened.lost.map((one) => (one.isUnplaced === true && namespace !== undefined ? { ...one, namespace } : one)),
    )
  } else if ('leftOut' in opened) into.leftOut.push({ path: file.path, reason: opened.leftOut })
  else {
    addAll(into.notes, notesOfText(file.path, opened))
    takeDocuments(opened.documents, { file: file.path, ...(namespace === undefined ? {} : { namespace }) }, into)
  }
}

/** The objects of a stream; a document that is none is left out, as a file of its own would be. */
const takeDocuments = (documents: readonly ParsedDocument[], origin: Omit<Origin, 'document'>, into: Resolving): void => {
  for (const document of documents) {
    const reason = document.value === null ? undefined : reasonOfDocument(document.value)
    if (reason === undefined) flattenDocument({ ...origin, document }, into)
    else into.leftOut.push({ path: origin.file === null ? `line ${document.lineOf()()}` : `${origin.file}:${document.lineOf()()}`, reason })
  }
}
