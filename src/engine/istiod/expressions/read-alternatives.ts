/**
 * How large is the program of an expression of RE2, as it is written?
 *
 * It reads the text once and builds nothing, since repetitions in each other multiply. Whether the text is an expression at all is for RE2 to say.
 */
import { addAll } from '../../add-all.js'
import { addRange, type CharacterClass, emptyClass, extentOfClass, keysOfClass } from './character-class.js'
import { type Cursor, takeMatch, takes, takeUpTo } from './cursor.js'
import { captured, type Extent, instructions, oneOf, type Piece, position, sequenceOf } from './extent.js'
import { readCharacter, readSet } from './read-character.js'

interface Flags {
  readonly folded: boolean
  readonly dotIsAll: boolean
  readonly lazy: boolean
}

export const noFlags: Flags = { folded: false, dotIsAll: false, lazy: false }

interface Alternatives {
  readonly extent: Extent
  /** What there is, where there is but one alternative. */
  readonly pieces?: readonly Piece[]
}

/** Alternatives, up to the end or to the bracket that closes them. */
export function readAlternatives(cursor: Cursor, outer: Flags): Alternatives {
  const branches: Extent[] = []
  let flags = outer
  let pieces: Piece[] = []
  while (cursor.at < cursor.text.length && cursor.text[cursor.at] !== ')') {
    if (takes(cursor, '|')) {
      branches.push(sequenceOf(pieces))
      pieces = []
      continue
    }
    const set = cursor.text[cursor.at] === '(' ? takeMatch(cursor, /\(\?([imsU]*)(?:-([imsU]*))?\)/y) : undefined
    if (set !== undefined) flags = changed(flags, set)
    else readPieces(cursor, flags, pieces)
  }
  const last = sequenceOf(pieces)
  return branches.length === 0 ? { extent: last, pieces } : { extent: oneOf([...branches, last]) }
}

function changed(flags: Flags, [, on = '', off = '']: RegExpExecArray): Flags {
  const after = (letter: string, before: boolean): boolean => (on.includes(letter) || before) && !off.includes(letter)
  return { folded: after('i', flags.folded), dotIsAll: after('s', flags.dotIsAll), lazy: after('U', flags.lazy) }
}

function readPieces(cursor: Cursor, flags: Flags, pieces: Piece[]): void {
  if (cursor.text[cursor.at] === '(') {
    addAll(pieces, readGroup(cursor, flags))
    return
  }
  if (!takes(cursor, '\\Q')) {
    pieces.push(readCount(cursor, flags, readPart(cursor, flags)))
    return
  }
  const quoted = takeUpTo(cursor, '\\E')
  for (const letter of quoted ?? cursor.text.slice(cursor.at)) pieces.push(characterOf(letter.codePointAt(0) ?? 0, flags))
  if (quoted === undefined) cursor.at = cursor.text.length
  const last = pieces.pop()
  if (last !== undefined) pieces.push(readCount(cursor, flags, last))
}

const newline = 10

const once = (extent: Extent, keys: { readonly certainly?: string; readonly perhaps?: string } = {}): Piece => ({
  extent,
  min: 1,
  max: 1,
  isCounted: false,
  isSign: false,
  isLazy: false,
  ...keys,
})

function readPart(cursor: Cursor, flags: Flags): Piece {
  switch (cursor.text[cursor.at]) {
    case '[':
      cursor.at += 1
      return readClass(cursor, flags.folded)
    case '.':
      cursor.at += 1
      return flags.dotIsAll ? (everything ??= classOf(undefined, true, false)) : (everythingOnTheLine ??= classOf(newline, true, false))
    case '^':
    case '$':
      cursor.at += 1
      return once(position)
    case '\\':
      return readEscape(cursor, flags)
    default:
      return characterOf(readCharacter(cursor), flags)
  }
}

function readEscape(cursor: Cursor, flags: Flags): Piece {
  if (takeMatch(cursor, /\\[AbBz]/y) !== undefined) return once(position)
  const set = emptyClass()
  if (readSet(cursor, set, flags.folded, false)) return pieceOf(cursor, set, false)
  return characterOf(readCharacter(cursor), flags)
}

/** What is neither captured nor repeated is part of what is around it. */
function readGroup(cursor: Cursor, flags: Flags): readonly Piece[] {
  const opened = takeMatch(cursor, /\((?:\?(?:P?<[^>]*>|([imsU]*)(?:-([imsU]*))?:))?/y)
  const captures = opened === undefined || !opened[0].endsWith(':')
  const { extent, pieces = [once(extent)] } = readAlternatives(cursor, captures ? flags : changed(flags, opened))
  takes(cursor, ')')
  if (captures) return [readCount(cursor, flags, once(captured(extent)))]
  if (!mayCount.has(cursor.text[cursor.at] ?? '')) return pieces
  const [only, another] = pieces
  return [readCount(cursor, flags, only === undefined || another !== undefined ? once(extent) : only)]
}

function readClass(cursor: Cursor, folded: boolean): Piece {
  const negated = takes(cursor, '^')
  const set = emptyClass()
  for (let first = true; cursor.at < cursor.text.length; first = false) {
    if (!first && takes(cursor, ']')) break
    if (readSet(cursor, set, folded, true)) continue
    const from = readCharacter(cursor)
    const isRange = cursor.text[cursor.at] === '-' && cursor.text[cursor.at + 1] !== ']'
    if (isRange) cursor.at += 1
    addRange(set, from, isRange ? readCharacter(cursor) : from, folded)
  }
  return pieceOf(cursor, set, negated)
}

function pieceOf(cursor: Cursor, set: CharacterClass, negated: boolean): Piece {
  const { extent, sure } = extentOfClass(set, negated)
  if (!sure) cursor.mayBeEmpty = true
  return once(extent, keysOfClass(set, negated))
}

function classOf(code: number | undefined, negated: boolean, folded: boolean): Piece {
  const set = emptyClass()
  if (code !== undefined) addRange(set, code, code, folded)
  return once(extentOfClass(set, negated).extent, keysOfClass(set, negated))
}

// Made when one is first read, as most commands read no expression: of any character, and of each of ASCII.
let everything: Piece | undefined
let everythingOnTheLine: Piece | undefined
const ascii: Piece[] = []
const foldedAscii: Piece[] = []

/** A character is the class of itself; beyond ASCII it is as many bytes as UTF-8 writes. */
function characterOf(code: number, { folded }: Flags): Piece {
  if (code < 128) return ((folded ? foldedAscii : ascii)[code] ??= classOf(code, false, folded))
  const bytes = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  const key = `${code} ${folded}`
  return once(folded ? instructions(1, 5 * bytes) : instructions(bytes), { certainly: key, perhaps: key })
}

const mayCount = new Set(['*', '+', '?', '{'])

/** How often what has just been read is repeated. */
function readCount(cursor: Cursor, { lazy }: Flags, piece: Piece): Piece {
  const from = cursor.at
  if (!mayCount.has(cursor.text[from] ?? '')) return piece
  const found = takeMatch(cursor, /(?:([*+?])|\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\})/y)
  if (found === undefined) return piece
  const to = cursor.at
  const isLazy = takes(cursor, '?') !== lazy
  const [, sign] = found
  if (sign !== undefined) return signed(piece, { min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : undefined, isLazy })
  cursor.counts.push({ from, to })
  const count = { ...countOf(found), isLazy }
  const [last, most] = [count.max ?? count.min, Math.max(count.min, count.max ?? 0)]
  if (most > 1000 || last < count.min) cursor.tooMany = true
  return counted(piece, count)
}

/** `{2}`, `{2,}` and `{2,5}`. */
function countOf([, , min, comma, max]: RegExpExecArray): Pick<Piece, 'min' | 'max'> {
  const least = Number(min)
  if (comma === undefined) return { min: least, max: least }
  return { min: least, max: max === undefined ? undefined : Number(max) }
}

type Count = Pick<Piece, 'min' | 'max' | 'isLazy'>

/** A repetition of one that is none itself; of a repetition it is a part like any. */
const counted = (piece: Piece, count: Count): Piece =>
  piece.isCounted ? { extent: sequenceOf([piece]), isCounted: true, isSign: false, ...count } : { ...piece, isCounted: true, ...count }

/** Of signs in each other that are alike, `(?:x+)*`, RE2 makes one. `{0,}` is no sign to it, but may become one. */
function signed(piece: Piece, count: Count): Piece {
  if (!piece.isSign || piece.isLazy !== count.isLazy) return { ...counted(piece, count), isSign: true }
  return piece.min === count.min && piece.max === count.max ? piece : { ...piece, min: 0, max: undefined }
}
