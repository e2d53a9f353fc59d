import type { Problem } from '../model/app-error.js'
import { documentInvalid, faultOfText } from './document-fault.js'
import { decodeUtf8, type DocumentText } from './document-text.js'
import { isTextFault, parseText } from './parsing/parse-text.js'
import type { ParsedDocument, ParsedText } from './parsing/parsed-text.js'
import { passingText } from './parsing/text-source.js'

export interface ReadBody extends Omit<ParsedText, 'documents'> {
  /** At least one; empty documents of a YAML stream are passed over. */
  readonly documents: readonly [ParsedDocument, ...(readonly ParsedDocument[])]
}

/** The documents that a body holds; `expected` is what there ought to be. */
export const readBody = (text: DocumentText, expected: string): ReadBody | Problem => {
  const file = text.name ?? null
  const decoded = decodeUtf8(text.body)
  if (decoded === undefined)
    return {
      code: 'BODY_NOT_UTF8',
      message: 'the document is not valid UTF-8',
      details: { errors: [{ code: 'BODY_NOT_UTF8', detail: 'not valid UTF-8', source: { file, line: null } }] },
    }
  // What is made of it takes several times as much, and few ask for its places.
  const { source, letGo } = passingText(decoded, () => decodeUtf8(text.body) ?? '')
  const parsed = parseText(source, text.mediaType)
  letGo()
  if (isTextFault(parsed)) return documentInvalid([faultOfText(parsed, file)])
  const [first, ...others] = parsed.documents.filter(({ value }) => value !== null)
  if (first === undefined) {
    const detail = `${expected} is expected, and there is none`
    return documentInvalid([{ code: 'DOCUMENT_EMPTY', detail, pointer: '#', source: { file, line: 1 } }])
  }
  return { ...parsed, documents: [first, ...others] }
}
