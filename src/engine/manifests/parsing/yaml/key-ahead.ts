import {
  asterisk,
  bar,
  colon,
  dash,
  doubleQuote,
  greater,
  isBlank,
  isGap,
  openBrace,
  openBracket,
  question,
  singleQuote,
} from './characters.js'
import { current, isOver, type Reader } from './reader.js'
import { isProperty, scanName, scanProperties } from './scan-properties.js'
import { scanPlain } from './scan-plain.js'
import { scanQuoted } from './scan-quoted.js'

/** A key without `?` has at most so many characters. */
const longestKey = 1024

/** Does `:` follow what was read from `start` on, on the same line? Moves to it if so. */
export const isKeyBefore = (reader: Reader, start: number, lineStart: number): boolean => {
  if (reader.lineStart !== lineStart) return false
  const { text } = reader
  let at = reader.pos
  while (isBlank(text.charCodeAt(at))) at++
  if (text.charCodeAt(at) !== colon || !(reader.flow > 0 || isGap(text.charCodeAt(at + 1)))) return false
  if (at - start > longestKey && Array.from(text.slice(start, at)).length > longestKey) return false
  reader.pos = at
  return true
}

/** Is what begins here, properties included, a key? Reads nothing. */
export const isKeyAhead = (reader: Reader): boolean => {
  const { pos, lineStart, keyAllowed } = reader
  const ahead = passKey(reader, lineStart) && isKeyBefore(reader, pos, lineStart)
  reader.pos = pos
  reader.lineStart = lineStart
  reader.keyAllowed = keyAllowed
  return ahead
}

const passKey = (reader: Reader, lineStart: number): boolean => {
  const hasProperties = isProperty(current(reader))
  if (hasProperties) scanProperties(reader)
  if (reader.lineStart !== lineStart || isOver(reader)) return false
  const unit = current(reader)
  const isIndicator = isGap(reader.text.charCodeAt(reader.pos + 1))
  if (unit === colon && isIndicator) return hasProperties
  if (unit === asterisk) scanName(reader)
  else if (unit === doubleQuote || unit === singleQuote) scanQuoted(reader, unit)
  else if (isOther(unit, isIndicator)) return false
  else scanPlain(reader)
  return true
}

const isOther = (unit: number, isIndicator: boolean): boolean =>
  unit === openBracket || unit === openBrace || unit === bar || unit === greater || ((unit === dash || unit === question) && isIndicator)
