import { colon, hash, isBlank, isBreak, isGap, newline, space, tab } from './characters.js'
import { foldLines } from './fold-lines.js'
import { cutText, ownText } from './own-text.js'
import { columnOf, isMarker, type Reader, refuse } from './reader.js'

/** How a character may end a line of a plain text: not at all, anywhere, or within brackets only. */
const inert = 0
const anywhere = 1
const inBrackets = 2

const endings = new Uint8Array(128)
for (const character of '\n\r\t :') endings[character.charCodeAt(0)] = anywhere
for (const character of ',?[]{}') endings[character.charCodeAt(0)] = inBrackets

/** A text without quotes, over as many lines as stand further right than its parent. */
export const scanPlain = (reader: Reader): string => {
  const { text, pos } = reader
  const end = scanLine(reader)
  const line = cutText(reader, pos, end)
  if (!isBreak(text.charCodeAt(reader.pos)) || endsBefore(reader)) return line
  return scanLines(reader, line)
}

/** The usual end: the next line is no further right than the parent, and says something. Moves there. */
const endsBefore = (reader: Reader): boolean => {
  const { text, pos } = reader
  if (reader.flow > 0 || text.charCodeAt(pos) !== newline) return false
  let at = pos + 1
  while (text.charCodeAt(at) === space) at++
  const unit = text.charCodeAt(at)
  if (at - pos - 1 > reader.indent || (at < reader.end && (unit < space || unit > 0x7f))) return false
  reader.lineStart = pos + 1
  reader.pos = at
  reader.keyAllowed = true
  return true
}

const scanLines = (reader: Reader, first: string): string => {
  let scanned = first
  do {
    const between = foldLines(reader, (unit) => {
      if (unit === tab && columnOf(reader) <= reader.indent) refuse(reader, reader.pos, 'a tab is not taken here: spaces are expected')
    })
    reader.keyAllowed = true
    if (!isContinued(reader)) break
    const { pos } = reader
    const end = scanLine(reader)
    if (end === pos) break
    reader.keyAllowed = false
    scanned += between + reader.text.slice(pos, end)
  } while (isBreak(reader.text.charCodeAt(reader.pos)))
  return ownText(scanned)
}

const isContinued = (reader: Reader): boolean => {
  const { text, pos, end } = reader
  if (pos >= end || (reader.flow === 0 && columnOf(reader) <= reader.indent)) return false
  return text.charCodeAt(pos) !== hash && !(pos === reader.lineStart && isMarker(reader))
}

/** To the line's break, its comment or what ends the text within it; returns where the text ends, blanks after it left out. */
const scanLine = (reader: Reader): number => {
  const { text } = reader
  const level = reader.flow > 0 ? inBrackets : anywhere
  let at = reader.pos
  let end = at
  for (;;) {
    const unit = text.charCodeAt(at)
    const ending = unit < 128 ? endings[unit] : isBreak(unit) ? anywhere : inert
    if (ending === inert || (ending ?? inert) > level) {
      at++
      end = at
    } else if (isBlank(unit)) {
      at++
      if (text.charCodeAt(at) === hash) break
    } else if (unit === colon && !isGap(text.charCodeAt(at + 1))) {
      at++
      end = at
    } else break
  }
  reader.pos = at
  return end
}
