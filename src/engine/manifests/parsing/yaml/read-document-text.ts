import type { PointerTrie } from '../pointer-trie.js'
import { blockNode } from './block-node.js'
import { current, isOver, type Known, newReader, type Reader, refuse } from './reader.js'
import { dash } from './characters.js'
import type { Span } from './split-stream.js'
import { toToken } from './to-token.js'

export interface ReadText {
  readonly value: unknown
  /** Where its first node begins. */
  readonly start: number
  /** Where text begins that kubectl does not read, after the document's end; undefined where nothing is left. */
  readonly unread: number | undefined
  readonly reader: Reader
}

const byteOrderMark = 0xfeff

/** The one document of a span; `wanted` are paths whose places `reader.found` then has. */
export const readDocumentText = (text: string, { start: from, end }: Span, known: Known, wanted?: PointerTrie): ReadText => {
  const reader = newReader(text, text.charCodeAt(from) === byteOrderMark ? from + 1 : from, end, known, wanted)
  passStart(reader)
  const start = reader.pos
  const value = blockNode(reader, true)
  return { value, start, unread: unreadFrom(reader), reader }
}

/** `---` on the first line, which begins a document that has none before it. */
const passStart = (reader: Reader): void => {
  toToken(reader)
  if (!isOver(reader) || reader.pos === reader.end) return
  if (current(reader) !== dash) refuse(reader, reader.pos, 'a document is expected before `...`')
  reader.pos += 3
  reader.keyAllowed = false
  toToken(reader)
}

/** Between `...` and the next `---` kubectl reads nothing. */
const unreadFrom = (reader: Reader): number | undefined => {
  toToken(reader)
  if (!isOver(reader)) refuse(reader, reader.pos, 'the document is expected to end here: it has its one value')
  if (reader.pos === reader.end) return undefined
  reader.pos += 3
  toToken(reader)
  return reader.pos < reader.end ? reader.pos : undefined
}
