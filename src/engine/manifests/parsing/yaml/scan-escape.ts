import { isBlank, isBreak } from './characters.js'
import { current, type Reader, refuse } from './reader.js'
import { afterBreak, writtenBreak } from './breaks.js'

const escapes: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
])

const codeLengths: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])

/** What a backslash and what follows it stand for. */
export const scanEscape = (reader: Reader): string => {
  const { text, pos } = reader
  if (isBreak(text.charCodeAt(pos + 1))) return scanEscapedBreak(reader)
  const letter = text.charAt(pos + 1)
  const length = codeLengths.get(letter)
  reader.pos = pos + 2
  // NUL, or a character by its number, which may be NUL.
  if (length !== undefined || letter === '0') reader.odd = true
  if (length === undefined) return escapes.get(letter) ?? refuse(reader, pos, 'there is no such escape in a text in double quotes')
  const digits = text.slice(reader.pos, reader.pos + length)
  reader.pos += length
  if (!/^[0-9a-f]+$/i.test(digits) || digits.length < length)
    refuse(reader, pos, `${length} hexadecimal digits are expected after this escape`)
  const code = Number.parseInt(digits, 16)
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) refuse(reader, pos, 'the escape stands for no character')
  return String.fromCodePoint(code)
}

/** A break after a backslash vanishes with the blanks around it; empty lines after it stay. */
const scanEscapedBreak = (reader: Reader): string => {
  const { text } = reader
  reader.pos = afterBreak(text, reader.pos + 1)
  reader.lineStart = reader.pos
  let breaks = ''
  for (let unit = current(reader); isBlank(unit) || isBreak(unit); unit = current(reader)) {
    if (isBlank(unit)) reader.pos++
    else {
      breaks += writtenBreak(text, reader.pos)
      reader.pos = afterBreak(text, reader.pos)
      reader.lineStart = reader.pos
    }
  }
  return breaks
}
