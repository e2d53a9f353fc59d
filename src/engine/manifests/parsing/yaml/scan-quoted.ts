import { backslash, doubleQuote, isBlank, isBreak, nothing, singleQuote } from './characters.js'
import { foldLines } from './fold-lines.js'
import { cutText, ownText } from './own-text.js'
import { current, isMarker, type Reader, refuse } from './reader.js'
import { scanEscape } from './scan-escape.js'

/** A text in quotes; where its lines begin says nothing. */
export const scanQuoted = (reader: Reader, quote: number): string => {
  const { text, pos } = reader
  const close = text.indexOf(quote === doubleQuote ? '"' : "'", pos + 1)
  if (close > 0 && close < reader.end && text.charCodeAt(close + 1) !== singleQuote && isSimple(text, pos + 1, close)) {
    reader.pos = close + 1
    return cutText(reader, pos + 1, close)
  }
  reader.pos++
  return ownText(scanParts(reader, quote, pos))
}

/** One line, and nothing escaped. */
const isSimple = (text: string, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at)
    if (unit === backslash || isBreak(unit)) return false
  }
  return true
}

const scanParts = (reader: Reader, quote: number, start: number): string => {
  let scanned = ''
  for (;;) {
    if (reader.pos >= reader.end) refuse(reader, start, 'the quote that opens here is not closed')
    if (reader.pos === reader.lineStart && isMarker(reader))
      refuse(reader, start, 'the quote that opens here is not closed before the document ends')
    const unit = current(reader)
    if (unit === quote) {
      reader.pos++
      if (quote !== singleQuote || current(reader) !== singleQuote) return scanned
      reader.pos++
      scanned += "'"
    } else if (isBlank(unit) || isBreak(unit)) scanned += scanGap(reader)
    else if (unit === backslash && quote === doubleQuote) scanned += scanEscape(reader)
    else scanned += scanRun(reader, quote)
  }
}

/** Blanks within a line are part of the text; around a line break they are not. */
const scanGap = (reader: Reader): string => {
  const { pos } = reader
  while (isBlank(current(reader))) reader.pos++
  return isBreak(current(reader)) ? foldLines(reader) : reader.text.slice(pos, reader.pos)
}

const scanRun = (reader: Reader, quote: number): string => {
  const { pos } = reader
  for (let unit = current(reader); unit !== nothing && unit !== quote && !isBlank(unit) && !isBreak(unit); unit = current(reader)) {
    if (unit === backslash && quote === doubleQuote) break
    reader.pos++
  }
  return reader.text.slice(pos, reader.pos)
}
