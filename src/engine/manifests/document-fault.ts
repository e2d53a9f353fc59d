import type { Fault, Problem } from '../model/app-error.js'
import { limits } from './parsing/limits.js'
import type { ParsedDocument, TextFault } from './parsing/parsed-text.js'
import { type Path, pointerOf, pointerTrie } from './parsing/pointer-trie.js'

/** A fault inside a document, before its place in the text is looked up. */
export interface DocumentFault {
  readonly code: string
  readonly detail: string
  readonly path: Path
  /** Known already where the fault is in another file than the document. */
  readonly source?: { readonly file: string | null; readonly line: number | null; readonly column?: number | null }
}

/** The faults with their places, looked up in one walk over the text; at most `limits.faults`. */
export const placeFaults = (faults: readonly DocumentFault[], document: ParsedDocument, file: string | null): readonly Fault[] => {
  const kept = faults.slice(0, limits.faults)
  const trie = pointerTrie(kept.map((fault) => fault.path))
  const places = document.locate(trie)
  return kept.map(({ code, detail, path, source }) => {
    // The nearest enclosing part that is in the text stands for a part that is missing.
    let node: typeof trie | undefined = trie
    let place = places.get(trie)
    for (const part of path) {
      node = node?.children.get(String(part))
      place = (node === undefined ? undefined : places.get(node)) ?? place
    }
    return {
      code,
      detail,
      pointer: pointerOf(path),
      source: source ?? { file, line: place?.line ?? document.line, column: place?.column ?? null },
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
