import { isBlank, isBreak } from './characters.js'
import { current, type Reader } from './reader.js'
import { afterBreak, writtenBreak } from './breaks.js'

/**
 * Passes over the blanks and line breaks within a plain or quoted text, from the first break on, and returns what they come to: one
 * break is a space, more are all but the first. `meets` is told of each blank that begins a line.
 */
export const foldLines = (reader: Reader, meets?: (unit: number) => void): string => {
  const { text } = reader
  let first: string | undefined
  let rest = ''
  for (let unit = current(reader); isBlank(unit) || isBreak(unit); unit = current(reader)) {
    if (isBlank(unit)) {
      meets?.(unit)
      reader.pos++
      continue
    }
    const written = writtenBreak(text, reader.pos)
    if (first === undefined) first = written
    else rest += written
    reader.pos = afterBreak(text, reader.pos)
    reader.lineStart = reader.pos
  }
  return joined(first ?? '', rest)
}

/** The first break vanishes, or is a space where it is the only one; Unicode's own stay. */
const joined = (first: string, rest: string): string => {
  if (first !== '\n') return first + rest
  return rest === '' ? ' ' : rest
}
