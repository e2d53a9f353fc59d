import type { Position } from './line-index.js'
import { type Line, type Locate, type ParsedDocument, unknownLine } from './parsed-text.js'
import type { TextSource } from './text-source.js'
import { newKnown } from './yaml/reader.js'
import { readDocumentText, type ReadText } from './yaml/read-document-text.js'
import type { Span } from './yaml/split-stream.js'

type PositionOf = (offset: number) => Position

/** One stands for all that are empty: nobody asks where nothing is. */
const emptyDocument: ParsedDocument = {
  value: null,
  isOrdinary: true,
  mayHavePlaceholders: false,
  lineOf: () => unknownLine,
  locate: () => new Map(),
  length: 0,
  again: () => null,
}

/** A document of a stream, which may have a hundred thousand: of one that holds nothing no more is kept than where it is. */
export const yamlDocument = (source: TextSource, span: Span, read: ReadText, positionOf: PositionOf): ParsedDocument => {
  const { value, start } = read
  if (value === null) return emptyDocument
  if (typeof value === 'object') return objectDocument(source, span, read, positionOf)
  return { ...emptyDocument, value, isOrdinary: !read.reader.odd, lineOf: () => lineAt(positionOf, start) }
}

const objectDocument = (
  source: TextSource,
  span: Span,
  { value, start, reader: { ownStart, starts, odd } }: ReadText,
  positionOf: PositionOf,
): ParsedDocument => ({
  value,
  isOrdinary: !odd,
  mayHavePlaceholders: true,
  lineOf: (object) => {
    if (object === undefined) return lineAt(positionOf, start)
    return object === value ? lineAt(positionOf, ownStart) : lineAt(positionOf, starts?.get(object))
  },
  locate: locateAgain(source, span, positionOf),
  length: span.end - span.start,
  again: readAgain(source, span),
})

const lineAt = (positionOf: PositionOf, offset: number | undefined): Line =>
  offset === undefined || offset < 0 ? unknownLine : () => positionOf(offset).line

const locateAgain =
  ({ text }: TextSource, span: Span, positionOf: PositionOf): Locate =>
  (trie) =>
    new Map(
      [...readDocumentText(text(), span, newKnown(span.end - span.start), trie).reader.found].map(([node, offset]) => [
        node,
        positionOf(offset),
      ]),
    )

/** A function of its own, so that it holds nothing that was made of the text. */
const readAgain = ({ text }: TextSource, span: Span): (() => unknown) => {
  let read: { readonly value: unknown } | undefined
  return () => (read ??= { value: readDocumentText(text(), span, newKnown(span.end - span.start)).value }).value
}
