/** A document as it came: bytes, and under which name its places are told. */
export interface DocumentText {
  readonly body: Uint8Array
  readonly mediaType: 'application/json' | 'application/yaml'
  /** File name; absent for a body that came over HTTP. */
  readonly name?: string
}

/** An upload: the document, and the files that its `include` entries may name, by path relative to it. */
export interface DocumentUpload extends DocumentText {
  readonly files?: readonly { readonly path: string; readonly body: Uint8Array }[]
}

/** UTF-8 without replacement characters; undefined when the bytes are not UTF-8. A byte order mark is dropped. */
export const decodeUtf8 = (body: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return undefined
  }
}
