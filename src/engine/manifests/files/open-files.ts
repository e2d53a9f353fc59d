import type { Fault } from '../../model/app-error.js'
import type { LeftOutReason } from '../../model/left-out.js'
import { faultOfText } from '../document-fault.js'
import { decodeUtf8, type SuppliedFile } from '../document-text.js'
import { isTextFault, parseText } from '../parsing/parse-text.js'
import type { ParsedText } from '../parsing/parsed-text.js'
import { type Reread, rereadTexts } from '../parsing/text-source.js'
import { kustomizePatches } from './kustomize-patches.js'
import { lostInText, type LostObjects } from './lost-objects.js'
import { reasonByContent } from './reason-by-content.js'
import { isManifestName, likelyReason, reasonByName } from './reason-by-name.js'
import { looksLikeObjects, looksLikeTemplate, mayHoldObjects } from './resembles-objects.js'

/** What a file turned out to be: objects, something else, or objects that cannot be read. */
export type OpenedFile = ParsedText | { readonly leftOut: LeftOutReason } | { readonly fault: Fault; readonly lost: readonly LostObjects[] }

/**
 * Opens files; what they are is told from one another too. Where several entries may include one it is read once and stays; where each is asked for
 * once, nothing does.
 */
export const openFiles = (files: readonly SuppliedFile[], asked: 'ONCE' | 'OFTEN' = 'OFTEN'): ((file: SuppliedFile) => OpenedFile) => {
  const isChartTemplate = chartTemplates(files.map(({ path }) => path))
  let patches: ReadonlySet<string> | undefined
  const reread = rereadTexts()
  const opened = new Map<SuppliedFile, OpenedFile>()
  const open = (file: SuppliedFile): OpenedFile => {
    if (isChartTemplate(file.path)) return { leftOut: 'HELM_TEMPLATE' }
    const reason = reasonByName(file.path)
    if (reason !== undefined) return { leftOut: reason }
    patches ??= kustomizePatches(files)
    if (patches.has(file.path)) return { leftOut: 'KUSTOMIZE_PATCH' }
    return isManifestName(file.path) || file.named === true ? read(file, reread) : { leftOut: 'OTHER_FORMAT' }
  }
  if (asked === 'ONCE') return open
  return (file) => {
    const known = opened.get(file) ?? open(file)
    opened.set(file, known)
    return known
  }
}

const read = (file: SuppliedFile, reread: Reread): OpenedFile => {
  const { path, body } = file
  const text = decodeUtf8(body)
  if (text === undefined)
    return {
      fault: { code: 'BODY_NOT_UTF8', detail: 'the file is not valid UTF-8', source: { file: path, line: null } },
      lost: lostInText(new TextDecoder().decode(body), path),
    }
  if (!mayHoldObjects(text)) return { leftOut: /[^\s]/.test(text.replaceAll(/^[ \t]*(?:#.*|---.*)$/gm, '')) ? likelyReason(path) : 'EMPTY' }
  // As kubectl does: what a text is shows in how it begins, and not in the name of its file.
  const parsed = parseText(file.isReread === true ? reread(text, textAgain(file)) : text, 'application/yaml')
  if (isTextFault(parsed)) {
    if (looksLikeTemplate(text)) return { leftOut: 'TEMPLATE' }
    return looksLikeObjects(text) || file.named === true
      ? { fault: faultOfText(parsed, path), lost: lostInText(text, path) }
      : { leftOut: 'NOT_READABLE' }
  }
  const documents = parsed.documents.filter(({ value }) => value !== null)
  const leftOut = reasonByContent(
    path,
    documents.map(({ value }) => value),
  )
  return leftOut === undefined ? { ...parsed, documents } : { leftOut }
}

/** A function of its own, so that it holds nothing of what was read. */
const textAgain = (file: SuppliedFile) => (): string => new TextDecoder().decode(file.body)

const chartFile = /(?:^|\/)Chart\.ya?ml$/

/** Templates, and what else only `helm` reads, of the charts among these files. */
const chartTemplates = (paths: readonly string[]): ((path: string) => boolean) => {
  const charts = paths.filter((path) => chartFile.test(path)).map((path) => path.slice(0, path.lastIndexOf('/') + 1))
  const templates = charts.map((chart) => `${chart}templates/`)
  return (path) => templates.some((folder) => path.startsWith(folder))
}
