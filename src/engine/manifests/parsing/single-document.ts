import type { Problem } from '../../model/app-error.js'
import { documentInvalid, faultOfText } from '../document-fault.js'
import { decodeUtf8, type DocumentText } from '../document-text.js'
import type { Position } from './line-index.js'
import { isTextFault, parseText } from './parse-text.js'
import type { ParsedDocument } from './parsed-text.js'
import { isRecord } from '../raw-object.js'

export interface SingleDocument {
  readonly document: ParsedDocument
  readonly value: Readonly<Record<string, unknown>>
  readonly ambiguous: readonly Position[]
}

/** The one object that a body holds; empty documents of a YAML stream are passed over. */
export const singleDocument = (text: DocumentText, expected: string): SingleDocument | Problem => {
  const file = text.name ?? null
  const decoded = decodeUtf8(text.body)
  if (decoded === undefined)
    return {
      code: 'BODY_NOT_UTF8',
      message: 'the document is not valid UTF-8',
      details: { errors: [{ code: 'BODY_NOT_UTF8', detail: 'not valid UTF-8', source: { file, line: null } }] },
    }
  const parsed = parseText(decoded, text.mediaType)
  if (isTextFault(parsed)) return documentInvalid([faultOfText(parsed, file)])
  const documents = parsed.documents.filter(({ value }) => value !== null)
  const [document, another] = documents
  const fault = (code: string, detail: string, line: number) => documentInvalid([{ code, detail, pointer: '#', source: { file, line } }])
  if (document === undefined) return fault('DOCUMENT_EMPTY', `${expected} is expected, and there is none`, 1)
  if (another !== undefined)
    return fault('DOCUMENT_REPEATED', `one document is expected: ${expected}; a second one begins here`, another.line)
  if (!isRecord(document.value)) return fault('SCHEMA', `${expected} is expected, which is an object`, document.line)
  return { document, value: document.value, ambiguous: parsed.ambiguous }
}
