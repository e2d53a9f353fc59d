import type { AskKind, Asks } from './analyst.js'

/** One thing asked of the engine; plain data, so that it can cross into a worker. */
export type Ask<K extends AskKind = AskKind> = { readonly [Kind in K]: Asks[Kind]['asked'] & { readonly kind: Kind } }[K]

export const askOf = <K extends AskKind>(kind: K, asked: Asks[K]['asked']): Ask<K> => ({ kind, ...asked }) as Ask<K>

/** What those who carry asks and answers have to know of a kind. */
interface AskClass {
  /** Begins with an upload, of which only so many are taken in at once. */
  readonly upload?: true
  /** Reads or writes whole documents, or goes through all that is in one: done by the thread that no question waits for. */
  readonly document?: true
  /** May take as long as a document may: the worker says when it begins. */
  readonly long?: true
  /** Its answer holds bytes, which move instead of being written as text. */
  readonly bytes?: true
}

/** Most are plain: a short question, and an answer that is written as text. */
const askClasses: Readonly<Partial<Record<AskKind, AskClass>>> = {
  prepare: { document: true, upload: true, long: true, bytes: true },
  prepareCluster: { document: true, upload: true, long: true, bytes: true },
  open: { document: true, upload: true, long: true },
  validate: { document: true, upload: true, long: true },
  writtenValidation: { document: true, upload: true, long: true, bytes: true },
  report: { document: true, long: true },
  writtenReport: { document: true, long: true, bytes: true },
  findings: { document: true, long: true },
  calls: { bytes: true },
  callers: { long: true },
  reach: { long: true },
  isolation: { long: true },
  each: { long: true },
  proxyConfig: { bytes: true },
  yaml: { document: true, bytes: true },
}

const plain: AskClass = {}

export const askClass = (kind: AskKind): AskClass => askClasses[kind] ?? plain

/** Bytes of documents that come with it. */
export const sizeOfUpload = (ask: Ask): number =>
  'upload' in ask ? [ask.upload, ...(ask.upload.files ?? [])].reduce((sum, { body }) => sum + body.byteLength, 0) : 0
