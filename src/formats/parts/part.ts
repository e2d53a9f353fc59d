/**
 * What a person is told, before it is known where it is shown: a terminal lays it out by its width (`text/write-text.ts`), Markdown by its
 * marks (`markdown/write-markdown.ts`).
 */
import type { Shade } from '../text/paint.js'

/** A word of this program or of a user; `as` says how it is marked where marks are to be had: a name as code, a command so that it can be pasted. */
export interface Word {
  readonly text: string
  readonly shade?: Shade
  readonly as?: 'NAME' | 'COMMAND'
}

/** A sentence, or a word. */
export type Cell = string | Word

/** What is told of one thing: its cells stand beside each other, what is `below` on lines of their own, and `code` is what can be pasted. */
export interface Item {
  readonly cells: readonly Cell[]
  readonly below?: readonly Cell[]
  readonly code?: string
}

export interface Sentence {
  readonly kind: 'SENTENCE'
  /** What stands in front of it, such as the verdict. */
  readonly word?: Word
  readonly text: string
  readonly shade?: Shade
}

export interface Section {
  readonly kind: 'SECTION'
  readonly heading: string
  /** What is said beside the heading. */
  readonly aside?: string
  /** What a person at a terminal may do to see more. */
  readonly hint?: string
  readonly parts: readonly Part[]
}

export type Part =
  | Sentence
  | Section
  | { readonly kind: 'ITEMS'; readonly items: readonly Item[] }
  | { readonly kind: 'TABLE'; readonly head: readonly string[]; readonly rows: readonly Item[] }
  /** As it is, so that what is printed can be one. */
  | { readonly kind: 'FILE'; readonly language: string; readonly text: string }

export const textOf = (cell: Cell | undefined): string => (cell === undefined ? '' : typeof cell === 'string' ? cell : cell.text)
