import { basename, dirname } from 'node:path'
import type { Upload } from '#analyst/analyst'
import { AppError } from '#engine/model/app-error'
import { isLiteral, patternsMatcher } from '#engine/model/glob-matcher'
import { listOf } from '#engine/model/resource-entry'
import { type DocumentEntry, documentEntries } from '#analyst/document-entries'
import { fileAtHand } from './file-at-hand.js'
import { renderEntry } from './render-entry.js'
import { walkDirectory } from './walk-directory.js'

type Files = Pick<Upload, 'files' | 'excluded' | 'leftOut'>

/**
 * A topology document from a file, with the files that it includes, and what it has rendered.
 *
 * Paths are relative to the document; what leads out of its directory is refused, or named where a link does.
 */
export const readDocument = (file: string, body: Uint8Array): Upload => {
  const name = basename(file)
  const directory = dirname(file)
  const entries = documentEntries(body)
  for (const { entry } of entries) for (const path of pathsOf(entry)) refuseEscape(name, path)
  return { body, mediaType: name.endsWith('.json') ? 'application/json' : 'application/yaml', name, ...filesOf(directory, name, entries) }
}

const filesOf = (directory: string, document: string, entries: readonly DocumentEntry[]): Files => {
  if (entries.length === 0) return { files: [] }
  const { files, excluded, leftOut } = includedFiles(directory, document, entries)
  const rendered = entries.flatMap(({ pointer, entry }) =>
    'include' in entry ? [] : [{ ...renderEntry(directory, entry), renders: pointer }],
  )
  return { files: [...files, ...rendered], excluded, leftOut }
}

const includedFiles = (directory: string, document: string, entries: readonly DocumentEntry[]): Required<Files> => {
  const includes = entries.flatMap(({ entry }) => ('include' in entry ? [entry] : []))
  if (includes.length === 0) return { files: [], excluded: [], leftOut: [] }
  const wanted = includes.map(({ include, exclude }) => patternsMatcher(listOf(include), listOf(exclude)))
  const named = includes.map(({ include }) => patternsMatcher(listOf(include).filter((pattern) => !pattern.startsWith('!'))))
  const literal = new Set(includes.flatMap(({ include }) => listOf(include)).filter(isLiteral))
  const { files, links } = walkDirectory(directory)
  const isWanted = (path: string): boolean => path !== document && wanted.some((matches) => matches(path))
  return {
    files: files
      .filter(({ path }) => isWanted(path))
      .map(({ file, ...found }) => fileAtHand(file, { ...found, ...(literal.has(found.path) ? { named: true } : {}) })),
    excluded: files.flatMap(({ path }) => (!isWanted(path) && named.some((matches) => matches(path)) ? [path] : [])),
    leftOut: links.filter(({ path }) => isWanted(path)).map(({ own }) => ({ path: own, reason: 'LINK' as const })),
  }
}

const pathsOf = (entry: DocumentEntry['entry']): readonly string[] => {
  if ('include' in entry) return [...listOf(entry.include), ...listOf(entry.exclude)].map((pattern) => pattern.replace(/^!/, ''))
  return 'kustomize' in entry ? [entry.kustomize] : [entry.helm, ...listOf(entry.values)]
}

const refuseEscape = (document: string, path: string): void => {
  const escapes = /^(?:[/\\~]|[A-Za-z]:)/.test(path) || path.split(/[/\\]/).includes('..')
  if (!escapes) return
  const detail = `\`${path}\` leads out of the document’s directory`
  throw new AppError('DOCUMENT_INVALID', detail, { errors: [{ code: 'INCLUDE_ESCAPES', detail, source: { file: document, line: null } }] })
}
