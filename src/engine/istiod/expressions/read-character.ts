/** What a backslash stands for: a character, a class, or a test of a position. */
import { addNamed, addSet, type CharacterClass, type Ranges } from './character-class.js'
import { type Cursor, takeCode, takeMatch, takes, takeUpTo } from './cursor.js'

const digit: Ranges = [[48, 57]]
const word: Ranges = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
]
const space: Ranges = [
  [9, 10],
  [12, 13],
  [32, 32],
]
const ofPerl: Readonly<Record<string, Ranges>> = { d: digit, w: word, s: space }

const letters: Ranges = [
  [65, 90],
  [97, 122],
]
const ofPosix: Readonly<Record<string, Ranges>> = {
  alnum: [...digit, ...letters],
  alpha: letters,
  ascii: [[0, 127]],
  blank: [
    [9, 9],
    [32, 32],
  ],
  cntrl: [
    [0, 31],
    [127, 127],
  ],
  digit,
  graph: [[33, 126]],
  lower: [[97, 122]],
  print: [[32, 126]],
  punct: [
    [33, 47],
    [58, 64],
    [91, 96],
    [123, 126],
  ],
  space: [
    [9, 13],
    [32, 32],
  ],
  upper: [[65, 90]],
  word,
  xdigit: [...digit, [65, 70], [97, 102]],
}

/** Adds the class that is written next, such as `\d`, `\pL` or, within brackets, `[:alpha:]`; false: none is. */
export function readSet(cursor: Cursor, to: CharacterClass, folded: boolean, inBrackets: boolean): boolean {
  const posix = inBrackets ? takeMatch(cursor, /\[:(\^?)([a-z]+):\]/y) : undefined
  const ranges = ofPosix[posix?.[2] ?? '']
  if (posix !== undefined && ranges !== undefined) {
    addSet(to, ranges, posix[1] !== '', folded)
    return true
  }
  const perl = takeMatch(cursor, /\\([dwsDWS])/y)?.[1]
  if (perl !== undefined) {
    addSet(to, ofPerl[perl.toLowerCase()] ?? [], perl < 'a', folded)
    return true
  }
  if (takeMatch(cursor, /\\[pP]/y) === undefined) return false
  if (takes(cursor, '{')) takeUpTo(cursor, '}')
  else takeCode(cursor)
  addNamed(to)
  return true
}

const written: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 }

/** The character that is written next, by its code point, be it behind a backslash or not. */
export function readCharacter(cursor: Cursor): number {
  if (!takes(cursor, '\\')) return takeCode(cursor)
  const octal = takeMatch(cursor, /0[0-7]{0,2}|[1-7][0-7]{1,2}/y)?.[0]
  if (octal !== undefined) return Number.parseInt(octal, 8)
  const hex = takeMatch(cursor, /x(?:\{([0-9A-Fa-f]{1,8})\}|([0-9A-Fa-f]{2}))/y)
  if (hex !== undefined) return Number.parseInt(hex[1] ?? hex[2] ?? '', 16)
  const code = takeCode(cursor)
  return written[String.fromCodePoint(code)] ?? code
}
