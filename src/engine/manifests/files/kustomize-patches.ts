import { decodeUtf8, type SuppliedFile } from '../document-text.js'
import { isTextFault, parseText } from '../parsing/parse-text.js'
import { isRecord } from '../raw-object.js'

/** What a kustomization reads that is no object to apply: by field, and inside of an entry under `path`. */
const fields = [
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'replacements',
  'configurations',
  'transformers',
  'generators',
] as const

/** `../a/./b` of `x/y`, written out; nothing that leads out of the whole. */
const resolved = (folder: string, path: string): string => {
  const parts: string[] = folder === '' ? [] : folder.split('/')
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

const namesIn = (kustomization: unknown): readonly string[] =>
  !isRecord(kustomization)
    ? []
    : fields.flatMap((field) => {
        const entries = kustomization[field]
        if (!Array.isArray(entries)) return []
        return entries.flatMap((entry: unknown) => {
          const path = isRecord(entry) ? entry.path : entry
          return typeof path === 'string' && !path.includes('\n') ? [path] : []
        })
      })

/** Files that the kustomizations among these apply as patches or settings: they look like objects and are parts of some. */
export const kustomizePatches = (files: readonly SuppliedFile[]): ReadonlySet<string> =>
  new Set(
    files
      .filter(({ path }) => /(?:^|\/)kustomization(?:\.ya?ml)?$/i.test(path))
      .flatMap(({ path, body }) => {
        const text = decodeUtf8(body)
        const parsed = text === undefined ? undefined : parseText(text, 'application/yaml')
        if (parsed === undefined || isTextFault(parsed)) return []
        const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')))
        return parsed.documents.flatMap(({ value }) => namesIn(value)).map((name) => resolved(folder, name))
      }),
  )
