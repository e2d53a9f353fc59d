import { afterBreak, endOfLine, writtenBreak } from './breaks.js'
import { greater, hash, isBlank, isBreak, space, tab } from './characters.js'
import { ownText } from './own-text.js'
import { columnOf, current, type Reader, refuse } from './reader.js'

/** What follows `|` or `>`. */
interface Header {
  /** Of the breaks at the end: all (1), one (0) or none (-1) are kept. */
  readonly keep: number
  /** Column of the text; 0 where its first line says. */
  readonly indent: number
}

/** A text after `|`, as it stands, or after `>`, with its lines joined. */
export const scanBlockText = (reader: Reader): string => {
  const folds = current(reader) === greater
  const header = scanHeader(reader, reader.pos)
  reader.keyAllowed = true
  const first = scanEmptyLines(reader, header.indent)
  const indent = header.indent > 0 ? header.indent : Math.max(first.deepest, reader.indent + 1, 1)
  return ownText(scanTextLines(reader, { folds, keep: header.keep, indent }, first.breaks))
}

/** How many breaks are kept, and how far the text is indented, in either order. */
const indicators = /[|>](?:([-+])([0-9]?)|([0-9])([-+]?))?/y

const kept: Readonly<Record<string, number>> = { '+': 1, '-': -1 }

const scanHeader = (reader: Reader, start: number): Header => {
  indicators.lastIndex = start
  const [, chompFirst, digitAfter, digitFirst, chompAfter] = indicators.exec(reader.text) ?? []
  const digit = Number(digitFirst ?? (digitAfter || '-1'))
  if (digit === 0) refuse(reader, start, 'the indentation after `|` or `>` counts from 1')
  reader.pos = indicators.lastIndex
  passRest(reader, start)
  return { keep: kept[chompFirst ?? chompAfter ?? ''] ?? 0, indent: digit < 0 ? 0 : Math.max(reader.indent, 0) + digit }
}

/** Blanks and a comment, up to the next line. */
const passRest = (reader: Reader, start: number): void => {
  while (isBlank(current(reader))) reader.pos++
  if (current(reader) === hash) reader.pos = endOfLine(reader.text, reader.pos)
  if (!isBreak(current(reader)))
    refuse(reader, start, 'the text after `|` or `>` begins on the next line; a comment or nothing is expected on this one')
  passBreak(reader)
}

const passBreak = (reader: Reader): string => {
  const written = writtenBreak(reader.text, reader.pos)
  reader.pos = afterBreak(reader.text, reader.pos)
  reader.lineStart = reader.pos
  return written
}

/** Lines without text, up to the column of the text; their breaks, and how deep the deepest goes. */
const scanEmptyLines = (reader: Reader, indent: number): { readonly breaks: string; readonly deepest: number } => {
  let breaks = ''
  let deepest = 0
  for (;;) {
    while ((indent === 0 || columnOf(reader) < indent) && current(reader) === space) reader.pos++
    deepest = Math.max(deepest, columnOf(reader))
    if ((indent === 0 || columnOf(reader) < indent) && current(reader) === tab)
      refuse(reader, reader.pos, 'a tab is not taken here: spaces are expected')
    if (!isBreak(current(reader))) return { breaks, deepest }
    breaks += passBreak(reader)
  }
}

interface BlockText extends Header {
  readonly folds: boolean
}

const scanTextLines = (reader: Reader, block: BlockText, before: string): string => {
  let scanned = ''
  let lineBreak = ''
  let breaks = before
  let indentedBefore = false
  while (columnOf(reader) === block.indent && reader.pos < reader.end) {
    const indented = isBlank(current(reader))
    const joins = block.folds && !indentedBefore && !indented && lineBreak === '\n'
    const between = joins ? (breaks === '' ? ' ' : '') : lineBreak
    const { pos } = reader
    reader.pos = endOfLine(reader.text, pos)
    scanned += between + breaks + reader.text.slice(pos, reader.pos)
    lineBreak = passBreak(reader)
    breaks = scanEmptyLines(reader, block.indent).breaks
    indentedBefore = indented
  }
  if (block.keep >= 0) scanned += lineBreak
  return block.keep > 0 ? scanned + breaks : scanned
}
