import { afterBreak, endOfLine } from './breaks.js'
import { hash, isBreak, newline, space, tab } from './characters.js'
import type { Reader } from './reader.js'

/** Passes over blanks, comments and line breaks. Tabs are no blanks where a key may begin: there they would indent. */
export const toToken = (reader: Reader): void => {
  const { text, end } = reader
  let at = reader.pos
  while (at < end) {
    const unit = text.charCodeAt(at)
    if (unit === space) at++
    else if (unit === newline) at = startLine(reader, at + 1)
    else if (unit === hash) at = endOfLine(text, at)
    else if (unit > space && unit < 0x80) break
    else if (unit === tab && (reader.flow > 0 || !reader.keyAllowed)) at++
    else if (isBreak(unit)) at = startLine(reader, afterBreak(text, at))
    else break
  }
  reader.pos = at
}

const startLine = (reader: Reader, at: number): number => {
  reader.lineStart = at
  if (reader.flow === 0) reader.keyAllowed = true
  return at
}
