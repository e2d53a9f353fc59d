import type { Position } from './line-index.js'
import type { Path, PointerTrie } from './pointer-trie.js'

/** One document of a text, as plain values, with what is needed to say where something stands. */
export interface ParsedDocument {
  readonly value: unknown
  /** Its reader saw nothing that `checkValues` would look for. */
  readonly isOrdinary: boolean
  /** A name that was never filled in may stand in it. */
  readonly mayHavePlaceholders: boolean
  /** Where the document's first node begins, or an object at a path that may be a resource: its line, counted when it is asked for. What is returned does not hold on to the document's value. */
  lineOf(object?: object, path?: Path): Line
  /** One walk that finds the places of the trie's paths and of all that encloses them; keyed by the trie's nodes. It does not hold on to the value. */
  readonly locate: Locate
  /** Characters of its text: what a walk over it costs. */
  readonly length: number
  /** The value once more, for who let go of it. */
  readonly again: () => unknown
}

/** Finds places by reading once more. */
export type Locate = (trie: PointerTrie) => ReadonlyMap<PointerTrie, Position>

/** A line that is counted when it is asked for; 0: unknown. */
export type Line = () => number

export const unknownLine: Line = () => 0

/** A text that cannot be read, with the place where reading stopped; `detail` never quotes a value. */
export interface TextFault {
  readonly code: string
  readonly detail: string
  readonly position: Position | undefined
}

export interface ParsedText {
  readonly documents: readonly ParsedDocument[]
  /** Places of plain scalars that YAML 1.1 and 1.2 read differently. */
  readonly ambiguous: readonly Position[]
  /** Places of keys that their mapping has already: the last one holds, as for kubectl. */
  readonly repeated: readonly Position[]
  /** Places from which on kubectl does not read a document: what stands there is left out. */
  readonly unread: readonly Position[]
  /** Its lists and maps; those that aliases repeat count once. */
  readonly containers: number
}
