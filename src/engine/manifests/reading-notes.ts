import type { Fault } from '../model/app-error.js'
import type { Finding } from '../model/report.js'
import { type Duplicate, placeOfRaw } from './intake/duplicate-objects.js'
import type { Position } from './parsing/line-index.js'
import type { ParsedText } from './parsing/parsed-text.js'
import { dottedPath, type Path, pathOf } from './parsing/pointer-trie.js'
import type { Removal } from './secrets/remove-secrets.js'
import { withoutSecretText } from './secrets/without-secret-text.js'
import { type ObjectIdentity, type Standing, writtenAt } from './raw-object.js'

const help = (code: string): string => `/rules/${code}`

/** How many keys one note names. */
const named = 10

const removedNote = (removed: readonly Removal[]): Pick<Finding, 'code' | 'message' | 'path' | 'istio' | 'kiali' | 'help'> => {
  const paths = removed.map(({ path }) => dottedPath(path))
  const list = paths.slice(0, named).map((path) => `\`${path}\``)
  const more = paths.length > named ? ` and ${paths.length - named} more` : ''
  const message = `removed before storing: ${list.join(', ')}${more}`
  return { code: 'SECRET_REMOVED', message, path: paths[0] ?? null, istio: [], kiali: [], help: help('SECRET_REMOVED') }
}

const sourceOf = (raw: Standing): Finding['source'] => {
  const { file, line } = writtenAt(raw)
  return { file, line: line || null }
}

const shown = (text: string): string => withoutSecretText(text).text

/** The value is gone; the note says where it stood, and nothing about it, even where it was the object's name. */
export const secretRemoved = (cluster: string, identity: ObjectIdentity, removed: readonly Removal[], raw: Standing): Finding => ({
  ...removedNote(removed),
  severity: identity.kind === 'Secret' ? 'INFO' : 'WARNING',
  resource: { cluster, kind: shown(identity.kind), namespace: shown(identity.namespace) || null, name: shown(identity.name) },
  source: sourceOf(raw),
})

/** The same for what stood in the document's own fields. */
export const headerSecretRemoved = (removed: readonly Removal[], file: string | null): Finding => ({
  ...removedNote(removed),
  severity: 'WARNING',
  resource: null,
  source: { file, line: null },
})

/** The same for what a caller said beside a document, such as the message of a version. */
export const wordsSecretRemoved = (name: string): Finding => ({
  ...removedNote([{ path: [name], kind: 'NAMED_VALUE' }]),
  severity: 'WARNING',
  resource: null,
  source: null,
})

const textNote = (code: string, severity: Finding['severity'], message: string, file: string | null, { line }: Position): Finding => ({
  code,
  severity,
  message,
  resource: null,
  path: null,
  source: { file, line },
  istio: [],
  kiali: [],
  help: help(code),
})

const ambiguousScalar = (file: string | null, position: Position): Finding =>
  textNote(
    'AMBIGUOUS_SCALAR',
    'INFO',
    'a plain scalar that YAML 1.1 and 1.2 read differently was read as kubectl reads it; quotes would settle it',
    file,
    position,
  )

const keyRepeated = (file: string | null, position: Position): Finding =>
  textNote('KEY_REPEATED', 'WARNING', 'this key stands in its mapping already: the last one holds, as for kubectl', file, position)

const textUnread = (file: string | null, position: Position): Finding =>
  textNote(
    'TEXT_UNREAD',
    'WARNING',
    'what begins here is left out, as kubectl does: it reads nothing between `...` and the next `---`',
    file,
    position,
  )

/** What is to be told of how a text was read. */
export const notesOfText = (file: string | null, { ambiguous, repeated, unread }: Omit<ParsedText, 'documents'>): readonly Finding[] => [
  ...ambiguous.map((position) => ambiguousScalar(file, position)),
  ...repeated.map((position) => keyRepeated(file, position)),
  ...unread.map((position) => textUnread(file, position)),
]

/** A name or a host that was never filled in. */
export const placeholderFound = (cluster: string, identity: ObjectIdentity, paths: readonly Path[], raw: Standing): Finding => {
  const told = paths.slice(0, named).map((path) => `\`${dottedPath(path)}\``)
  const more = paths.length > named ? ` and ${paths.length - named} more` : ''
  return {
    code: 'PLACEHOLDER',
    severity: 'ERROR',
    message: `${told.join(', ')}${more} still ${paths.length === 1 ? 'has its placeholder' : 'have their placeholders'}: render it first, or answers are about a name that nothing has`,
    resource: { cluster, kind: identity.kind, namespace: identity.namespace || null, name: identity.name },
    path: dottedPath(paths[0] ?? []),
    source: sourceOf(raw),
    istio: [],
    kiali: [],
    help: help('PLACEHOLDER'),
  }
}

/** A file, or an object in it, that cannot be read; the others were taken. */
export const brokenPassedOver = ({ detail, pointer, source }: Fault): Finding => ({
  code: 'OBJECT_BROKEN',
  severity: 'ERROR',
  message: `${detail}${source?.column ? ` (column ${source.column})` : ''}; this was passed over, the others were taken`,
  resource: null,
  path: pointer === undefined || pointer === '#' ? null : dottedPath(pathOf(pointer)),
  source: source === undefined ? null : { file: source.file, line: source.line },
  istio: [],
  kiali: [],
  help: help('OBJECT_BROKEN'),
})

/** Different objects of one name, told by each that replaces the one before it, in files that were taken as they are. */
export const duplicateTaken = (duplicates: readonly [Duplicate, ...(readonly Duplicate[])]): Finding => {
  const [{ cluster, identity }] = duplicates
  const { second: taken } = duplicates.at(-1) ?? duplicates[0]
  const earlier = duplicates.map(({ first }) => placeOfRaw(first))
  const list = earlier.slice(0, named).join(', ')
  const more = earlier.length > named ? ` and at ${earlier.length - named} more places` : ''
  return {
    code: 'DUPLICATE_OBJECT',
    severity: 'ERROR',
    message: `it stands, differently, at ${list}${more} as well; this last one was taken, as \`kubectl apply\` would leave it`,
    resource: { cluster, kind: identity.kind, namespace: identity.namespace || null, name: identity.name },
    path: null,
    source: sourceOf(taken),
    istio: [],
    kiali: [],
    help: help('DUPLICATE_OBJECT'),
  }
}
