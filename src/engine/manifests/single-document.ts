import type { Problem } from '../model/app-error.js'
import { documentInvalid } from './document-fault.js'
import { isManifest, isTopology } from './holds-objects.js'
import type { Position } from './parsing/line-index.js'
import type { ParsedDocument } from './parsing/parsed-text.js'
import { isRecord } from './raw-object.js'
import type { ReadBody } from './read-body.js'

export interface SingleDocument {
  readonly document: ParsedDocument
  readonly value: Readonly<Record<string, unknown>>
}

/** Where objects go when a document is sent along. */
const wayOn = 'list it in the document’s `clusters[].resources`, or send objects alone'

const kindOf = (value: unknown): string => (isRecord(value) && typeof value.kind === 'string' ? ` of kind \`${value.kind}\`` : '')

const unplaced = (code: string, detail: string, file: string | null, { line, column }: Position): Problem =>
  documentInvalid([{ code, detail, source: { file, line, column } }])

/** The one object that a body is expected to hold; a Kubernetes manifest in its place is told where it belongs. */
export const singleDocument = (
  { documents, repeated, unread }: ReadBody,
  file: string | null,
  expected: string,
): SingleDocument | Problem => {
  const fault = (code: string, detail: string, document: ParsedDocument) =>
    documentInvalid([{ code, detail, pointer: '#', source: { file, line: document.lineOf()() } }])
  const manifest = documents.find(({ value }) => isManifest(value))
  const [document, another] = documents
  if (manifest !== undefined) {
    const detail = `${expected} is expected, and this is a Kubernetes manifest${kindOf(manifest.value)}: ${wayOn}`
    return fault(another === undefined ? 'SCHEMA' : 'DOCUMENT_REPEATED', detail, manifest)
  }
  // kubectl, which passes over these, never sees such a document.
  const [twice] = repeated
  if (twice !== undefined) return unplaced('KEY_REPEATED', 'the same key stands twice in one mapping', file, twice)
  if (another !== undefined) {
    const second = isTopology(another.value) ? 'another topology document' : 'a second one'
    return fault('DOCUMENT_REPEATED', `one document is expected: ${expected}; ${second} begins here`, another)
  }
  const [after] = unread
  if (after !== undefined)
    return unplaced('DOCUMENT_REPEATED', `one document is expected: ${expected}; text after its end begins here`, file, after)
  if (!isRecord(document.value)) return fault('SCHEMA', `${expected} is expected, which is an object`, document)
  return { document, value: document.value }
}
