/** A document as it came: bytes, and under which name its places are told. */
export interface DocumentText {
  readonly body: Uint8Array
  readonly mediaType: 'application/json' | 'application/yaml'
  /** File name; absent for a body that came over HTTP. */
  readonly name?: string
}

/** A file beside the document, by its path relative to it. */
export interface SuppliedFile {
  readonly path: string
  readonly body: Uint8Array
}

/** What is taken in: a topology document, or the objects of one cluster. */
export interface DocumentUpload extends DocumentText {
  /** What the document's `include` entries may name. */
  readonly files?: readonly SuppliedFile[]
  /** The cluster that objects without a document are in; absent: a document is expected. */
  readonly cluster?: string
}

/** UTF-8 without replacement characters; undefined when the bytes are not UTF-8. A byte order mark is dropped. */
export const decodeUtf8 = (body: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return undefined
  }
}
