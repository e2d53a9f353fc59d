import type { Anchors } from '../anchors.js'
import { refuseYaml } from '../refuse-yaml.js'
import type { PointerTrie } from '../pointer-trie.js'
import { dash, dot, isGap, nothing, percent } from './characters.js'

/**
 * What the documents of a text have in common: keys and values by a sum over some of their characters, as many as there is room for, the latest of each place, a
 * power of two each; and what is counted and noted of all of them.
 */
export interface Known {
  /** By `scanSimpleKey`. */
  readonly keys: (string | undefined)[]
  /** By `cutText`. */
  readonly values: (string | undefined)[]
  readonly count: { /** Lists and maps. */ containers: number }
  /** Offsets of plain scalars that YAML 1.1 and 1.2 read differently, and of keys that stand in their mapping already. */
  readonly ambiguous: number[]
  readonly repeated: number[]
}

/** Most files are small: what is made for each of them is no larger than they can fill. */
export const newKnown = (length: number, containers = 0): Known => ({
  keys: emptySlots(slotsFor(length, 512)),
  values: emptySlots(slotsFor(length, 1024)),
  count: { containers },
  ambiguous: [],
  repeated: [],
})

const charactersOfSlot = 16
const slotsFor = (length: number, most: number): number => {
  let slots = 16
  while (slots < most && slots * charactersOfSlot < length) slots *= 2
  return slots
}

const emptySlots = (count: number): (string | undefined)[] => Array<string | undefined>(count).fill(undefined)

/**
 * Reading one document, from `pos` to `end`; the last character before `end` is a line break, so that no line need be watched for its end.
 * Offsets are into the whole text.
 */
export interface Reader extends Known {
  readonly text: string
  readonly end: number
  pos: number
  /** Where the line of `pos` begins; the difference is the column. */
  lineStart: number
  /** Column of the innermost block collection; -1 outside of all. */
  indent: number
  /** How many brackets are open. */
  flow: number
  /** May a key without `?` begin here? Not on the line of another key's value. */
  keyAllowed: boolean
  /** The scalar just read, and whether it was plain, so that its text says its type. */
  scalar: string
  plain: boolean
  depth: number
  /** Values read so far, aliased ones counted again: what an alias costs. */
  nodes: number
  /** Undefined before the first. */
  anchors: Anchors | undefined
  /** Something was read that `checkValues` may refuse: a number that is no safe integer, NUL, a key that names a prototype, anything with a tag. */
  odd: boolean
  /** Offsets of the objects that may be resources: of the document itself, -1 where it is none, and of those within; undefined before the first of these. */
  ownStart: number
  starts: Map<object, number> | undefined
  /** Paths whose places are wanted, from the node that is read next; undefined where none is. */
  wanted: PointerTrie | undefined
  readonly found: Map<PointerTrie, number>
}

export const newReader = (text: string, start: number, end: number, known: Known, wanted?: PointerTrie): Reader => ({
  text,
  end,
  keys: known.keys,
  values: known.values,
  count: known.count,
  ambiguous: known.ambiguous,
  repeated: known.repeated,
  pos: start,
  lineStart: start,
  indent: -1,
  flow: 0,
  keyAllowed: true,
  scalar: '',
  plain: false,
  depth: 0,
  nodes: 0,
  anchors: undefined,
  odd: false,
  ownStart: -1,
  starts: undefined,
  wanted,
  found: wanted === undefined ? noPlaces : new Map(),
})

/** Of a document of which none are wanted, as of nearly all. */
const noPlaces = new Map<PointerTrie, number>()

/** The character to be read next; asked where a line may have ended before. */
export const current = (reader: Reader): number => (reader.pos < reader.end ? reader.text.charCodeAt(reader.pos) : nothing)

export const columnOf = (reader: Reader): number => reader.pos - reader.lineStart

/** `---` or `...` in the first column. */
export const isMarker = (reader: Reader): boolean => {
  const { text, pos } = reader
  const unit = text.charCodeAt(pos)
  if (unit !== dash && unit !== dot) return false
  return text.charCodeAt(pos + 1) === unit && text.charCodeAt(pos + 2) === unit && isGap(text.charCodeAt(pos + 3))
}

/** Nothing more of this document: the text's end, or a line that ends it. */
export const isOver = (reader: Reader): boolean => {
  if (reader.pos >= reader.end) return true
  if (reader.pos !== reader.lineStart) return false
  if (reader.text.charCodeAt(reader.pos) === percent)
    refuse(reader, reader.pos, 'a line that begins with `%` is not taken: kubectl ends the document at the `---` after it')
  return isMarker(reader)
}

export const refuse = (reader: Reader, offset: number, detail: string): never => refuseYaml(offset, 'NOT_YAML', detail)

/** Notes where an object begins that may be a resource, when nothing of it is read yet. */
export const noteStart = (reader: Reader, object: object, offset: number): void => {
  if (reader.depth === 0) reader.ownStart = offset
  else (reader.starts ??= new Map()).set(object, offset)
}

/** Notes where the node that is read stands, if its place is wanted. */
export const notePlace = (reader: Reader, offset: number): void => {
  if (reader.wanted !== undefined) reader.found.set(reader.wanted, offset)
}

/** Keys have no places of their own: their values have, there. */
export const withoutPlaces = <T>(reader: Reader, read: () => T): T => {
  const { wanted } = reader
  if (wanted === undefined) return read()
  reader.wanted = undefined
  const value = read()
  reader.wanted = wanted
  return value
}
