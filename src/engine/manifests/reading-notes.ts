import type { Finding } from '../model/report.js'
import type { Position } from './parsing/line-index.js'
import { dottedPath, type Path } from './parsing/pointer-trie.js'
import type { ObjectIdentity, RawObject } from './raw-object.js'

const help = (code: string): string => `/rules/${code}`

/** How many keys one note names. */
const named = 10

const removedNote = (removed: readonly Path[]): Pick<Finding, 'code' | 'message' | 'path' | 'istio' | 'help'> => {
  const paths = removed.map(dottedPath)
  const list = paths.slice(0, named).map((path) => `\`${path}\``)
  const more = paths.length > named ? ` and ${paths.length - named} more` : ''
  const message = `removed before storing: ${list.join(', ')}${more}`
  return { code: 'SECRET_REMOVED', message, path: paths[0] ?? null, istio: null, help: help('SECRET_REMOVED') }
}

/** The value is gone; the note says where it stood, and nothing about it. */
export const secretRemoved = (cluster: string, identity: ObjectIdentity, removed: readonly Path[], raw: RawObject): Finding => ({
  ...removedNote(removed),
  severity: identity.kind === 'Secret' ? 'INFO' : 'WARNING',
  resource: { cluster, kind: identity.kind, namespace: identity.namespace || null, name: identity.name },
  source: { file: raw.origin.file, line: raw.line || null },
})

/** The same for what stood in the document's own fields. */
export const headerSecretRemoved = (removed: readonly Path[], file: string | null): Finding => ({
  ...removedNote(removed),
  severity: 'WARNING',
  resource: null,
  source: { file, line: null },
})

export const ambiguousScalar = (file: string | null, { line }: Position): Finding => ({
  code: 'AMBIGUOUS_SCALAR',
  severity: 'INFO',
  message: 'a plain scalar that YAML 1.1 and 1.2 read differently was read as kubectl reads it; quotes would settle it',
  resource: null,
  path: null,
  source: { file, line },
  istio: null,
  help: help('AMBIGUOUS_SCALAR'),
})
