import { mostOf } from '../../most-of.js'
/**
 * How many instructions a part of an expression takes in RE2's program: at least, and at most.
 *
 * RE2 matches bytes: a character beyond ASCII is up to four instructions, a class a tree of byte ranges. Flattened, a program holds an instruction for
 * each byte range, each end of a group and each test of a position, and a jump for each way past an optional part. Where jumps meet is not
 * followed, nor are common beginnings of alternatives; so there are two numbers, and the truth is between them.
 */
export interface Extent {
  readonly least: number
  readonly most: number
  /** Can it match without taking anything? */
  readonly nullable: boolean
  /** The longest product of counts in each other. */
  readonly repeats: number
  /** Does it begin with a loop? One around it enters it by two ways, and RE2 may write down twice what stands there. */
  readonly loops: boolean
}

/** What is written one after the other: a part, and how often. */
export interface Piece {
  readonly extent: Extent
  readonly min: number
  /** Undefined: without end. */
  readonly max: number | undefined
  /** The same for pieces of which RE2 certainly makes one repetition, and for those of which it perhaps does; undefined: it never does. */
  readonly certainly?: string
  readonly perhaps?: string
  /** Is it written as a repetition, be it `{1}`? */
  readonly isCounted: boolean
  /** Is it one of `*`, `+` and `?`? */
  readonly isSign: boolean
  readonly isLazy: boolean
}

export const nothing: Extent = { least: 0, most: 0, nullable: true, repeats: 1, loops: false }

export const instructions = (least: number, most = least): Extent => ({ least, most, nullable: false, repeats: 1, loops: false })

/** A test of a position: it may be left out, as at both ends. */
export const position: Extent = { least: 0, most: 1, nullable: true, repeats: 1, loops: false }

/** A group that captures marks its two ends. */
export const captured = (inner: Extent): Extent => ({
  ...inner,
  least: inner.least + 2,
  most: inner.most + 2,
  loops: false,
})

/** Common beginnings are taken out, and single characters become a class, so that the largest is the least. */
export function oneOf(branches: readonly Extent[]): Extent {
  const [only, another] = branches
  if (only !== undefined && another === undefined) return only
  return {
    least: mostOf(branches.map(({ least }) => least)),
    most: branches.reduce((sum, { most }) => sum + most + 1, 0),
    nullable: branches.some(({ nullable }) => nullable),
    repeats: mostOf(branches.map(({ repeats }) => repeats)),
    loops: branches.some(({ loops }) => loops),
  }
}

/** Neighbours that repeat the same character or class are one repetition (RE2's coalescing): `a*a{2,}` is `a{2,}`. */
export function sequenceOf(pieces: readonly Piece[]): Extent {
  const [joined, perhaps] = [coalesced(pieces, 'certainly'), coalesced(pieces, 'perhaps')]
  const certain = joined.map(repeated)
  const possible = perhaps === joined ? certain : perhaps.map(repeated)
  return {
    least: possible.reduce((sum, { least }) => sum + least, 0),
    most: certain.reduce((sum, { most }) => sum + most, 0),
    nullable: certain.every(({ nullable }) => nullable),
    loops: certain.slice(0, certain.findIndex(({ nullable }) => !nullable) + 1 || undefined).some(({ loops }) => loops),
    repeats: pieces.reduce((longest, piece) => Math.max(longest, repeatsOf(piece)), 1),
  }
}

/** The same pieces, where none of them is joined with the one before it. */
function coalesced(pieces: readonly Piece[], key: 'certainly' | 'perhaps'): readonly Piece[] {
  if (!pieces.some((piece, at) => isJoined(pieces[at - 1], piece, key))) return pieces
  const joined: Piece[] = []
  for (const piece of pieces) {
    const last = joined.at(-1)
    if (last === undefined || !isJoined(last, piece, key)) joined.push(piece)
    else {
      const max = last.max === undefined || piece.max === undefined ? undefined : last.max + piece.max
      joined[joined.length - 1] = { ...last, min: last.min + piece.min, max }
    }
  }
  return joined
}

const isJoined = (before: Piece | undefined, piece: Piece, key: 'certainly' | 'perhaps'): boolean =>
  before?.isCounted === true && before[key] !== undefined && isSame(before, piece, key)

/** A single one has no say in whether few or many are taken. */
const isSame = (one: Piece, other: Piece, key: 'certainly' | 'perhaps'): boolean =>
  one[key] === other[key] && (one.isLazy === other.isLazy || !other.isCounted)

/** `x{2,5}` is `xx(x(x(x)?)?)?`, and `x{2,}` is `xx+`. */
function repeated(piece: Piece): Extent {
  const { extent, min, max } = piece
  const { least, most, nullable, loops } = extent
  if (most === 0 || max === 0) return { ...nothing, repeats: repeatsOf(piece) }
  const copies = max ?? Math.max(min, 1)
  const optional = copies - min
  const loop = max === undefined ? (nullable ? 2 : 1) * jumpsOfLoop + (nullable || loops ? most : 0) : 0
  return {
    // A single one may be taken into what is around it.
    least: copies * least + (max === undefined || nullable ? 0 : Math.max(0, optional - 1)),
    most: copies * most + optional * jumpsOfOption + loop,
    nullable: nullable || min === 0,
    repeats: repeatsOf(piece),
    loops: loops || max === undefined,
  }
}

const repeatsOf = ({ extent, min, max }: Piece): number => extent.repeats * Math.max(1, max ?? min)

/** The way past an optional part; out of a loop, back, and into it. */
const jumpsOfOption = 1
const jumpsOfLoop = 4
