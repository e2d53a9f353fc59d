import type { Fault, Problem } from '../model/app-error.js'
import { shortText } from '../model/short-text.js'
import { limits } from './parsing/limits.js'
import type { ParsedDocument, TextFault } from './parsing/parsed-text.js'
import { type Path, pointerOf, pointerTrie } from './parsing/pointer-trie.js'

/** One document of a text, and the file that the text came from; null for a body that came over HTTP. */
export interface Origin {
  readonly file: string | null
  readonly document: ParsedDocument
  /** Of objects that state none, where what named the file says so. */
  readonly namespace?: string
}

/** A fault inside a document, before its place in the text is looked up. */
export interface DocumentFault {
  readonly code: string
  readonly detail: string
  /** From the root of the document that it stands in. */
  readonly path: Path
  /** Where it stands, if that is not the document that is read as a whole. */
  readonly origin?: Origin
}

/** The faults with their places, looked up in one walk over each document; at most `limits.faults`, in the order of the documents. */
export const placeFaults = (faults: readonly DocumentFault[], whole: Origin): readonly Fault[] => {
  const byDocument = new Map<ParsedDocument, { readonly origin: Origin; readonly faults: DocumentFault[] }>()
  for (const fault of faults.slice(0, limits.faults)) {
    const origin = fault.origin ?? whole
    const known = byDocument.get(origin.document)
    if (known === undefined) byDocument.set(origin.document, { origin, faults: [fault] })
    else known.faults.push(fault)
  }
  return [...byDocument.values()].flatMap(({ origin, faults: within }) => placeWithin(within, origin))
}

const placeWithin = (faults: readonly DocumentFault[], { file, document }: Origin): readonly Fault[] => {
  const trie = pointerTrie(faults.map((fault) => fault.path))
  const places = document.locate(trie)
  return faults.map(({ code, detail, path }) => {
    // The nearest enclosing part that is in the text stands for a part that is missing.
    let node: typeof trie | undefined = trie
    let place = places.get(trie)
    for (const part of path) {
      node = node?.children.get(String(part))
      place = (node === undefined ? undefined : places.get(node)) ?? place
    }
    return {
      code,
      detail: shortText(detail),
      pointer: pointerOf(path),
      source: { file, line: place?.line ?? document.lineOf()(), column: place?.column ?? null },
    }
  })
}

export const faultOfText = (fault: TextFault, file: string | null): Fault => ({
  code: fault.code,
  detail: fault.detail,
  source: { file, line: fault.position?.line ?? null, column: fault.position?.column ?? null },
})

export const documentInvalid = (errors: readonly Fault[], message?: string): Problem => ({
  code: 'DOCUMENT_INVALID',
  message:
    message ?? (errors.length === 1 ? `${errors[0]?.detail ?? ''}` : `${errors.length} faults, the first: ${errors[0]?.detail ?? ''}`),
  details: { errors },
})

export const isProblem = (value: object): value is Problem => 'code' in value && 'details' in value
