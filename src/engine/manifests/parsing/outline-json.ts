import { pause } from '../../pause.js'
import { placedLists } from '../header-entries.js'
import { limits } from './limits.js'
import type { Path } from './pointer-trie.js'
import {
  backslash,
  closeBrace,
  closeBracket,
  comma,
  dash,
  dot,
  doubleQuote,
  isDigit,
  newline,
  openBrace,
  openBracket,
} from './yaml/characters.js'

/** Lines of an object and of the elements of its lists; the shape of the text, without values. */
export interface Outline {
  readonly line: number
  readonly lists: Map<string, Elements>
}

/** Objects of a list: of one in which there are no lists its line only, for there may be a hundred thousand. */
type Elements = (Outline | number | undefined)[]

interface Level {
  readonly array: boolean
  /** Of an object that may be asked for. */
  readonly line: number | undefined
  /** Made once it has a list. */
  outline: Outline | undefined
  /** Of a list whose objects may be asked for. */
  readonly elements: Elements | undefined
  key: string | undefined
  index: number
  expectsKey: boolean
}

export interface OutlinedJson {
  readonly root: Outline | undefined
  /** How many lists and maps there are. */
  readonly containers: number
  /** A number may be none that can be stored. */
  readonly hasOddNumber: boolean
  /** The limit that the text is beyond, and the offset at which it came to be. */
  readonly beyond: { readonly limit: 'depth' | 'containers'; readonly at: number } | undefined
}

/** Characters: brackets and commas are many, and looking at a clock takes longer than passing one. */
const betweenPauses = 4096

/** End of the string that opens at `open`: the offset of its closing quote, or the text's end. */
export const endOfString = (text: string, open: number): number => {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++
    if (slashes % 2 === 0) return at
  }
  return text.length
}

/** How far the pass is. */
interface Outlining {
  readonly levels: Level[]
  level: Level | undefined
  root: Outline | undefined
  /** Open within a level in which nobody looks for objects: that they are open is all there is to know of them. */
  below: number
  containers: number
  hasOddNumber: boolean
}

/** One cheap pass before `JSON.parse`: how deep the text nests, of how much, and on which lines its objects begin. `before`: lists and maps of what it is part of. */
export const outlineJson = (text: string, before = 0): OutlinedJson => {
  const walk: Outlining = { levels: [], level: undefined, root: undefined, below: 0, containers: 0, hasOddNumber: false }
  let line = 1
  let stretch = 0
  for (let at = 0; at < text.length; at++) {
    if (at >= stretch) {
      pause()
      stretch = at + betweenPauses
    }
    const unit = text.charCodeAt(at)
    if (unit === newline) line++
    else if (unit === doubleQuote) at = passString(text, at, walk.level)
    else if (unit === comma) nextMember(walk.level)
    else if (unit === openBrace || unit === openBracket) {
      const limit = beyondLimit(walk, before)
      if (limit !== undefined) return { ...found(walk), beyond: { limit, at } }
      enter(walk, unit, line)
    } else if (unit === closeBrace || unit === closeBracket) leave(walk)
    else at = passNumber(walk, text, at, unit)
  }
  return { ...found(walk), beyond: undefined }
}

const found = ({ root, containers, hasOddNumber }: Outlining): Omit<OutlinedJson, 'beyond'> => ({ root, containers, hasOddNumber })

/** What one list or map more is beyond. */
function beyondLimit({ levels, below, containers }: Outlining, before: number): 'depth' | 'containers' | undefined {
  if (levels.length + below >= limits.depth) return 'depth'
  return before + containers >= limits.containers ? 'containers' : undefined
}

function enter(walk: Outlining, unit: number, line: number): void {
  walk.containers++
  if (isBare(walk.level)) walk.below++
  else {
    walk.level = unit === openBrace ? openObject(walk, line) : openArray(walk, line)
    walk.levels.push(walk.level)
  }
}

function leave(walk: Outlining): void {
  if (walk.below > 0) walk.below--
  else {
    walk.levels.pop()
    walk.level = walk.levels.at(-1)
  }
}

/** None of what is in it is outlined. */
const isBare = (level: Level | undefined): boolean => level !== undefined && level.line === undefined && level.elements === undefined

/** Characters of a number that are certainly no more than an integer can have. */
const safeLength = 15

/** A number as far as its digits go; whatever else it is, by itself. */
const passNumber = (walk: Outlining, text: string, at: number, first: number): number => {
  if (!isDigit(first) && first !== dash) return at
  let end = at + 1
  let unit = text.charCodeAt(end)
  const isNegativeZero = first === dash && unit === zero
  while (isDigit(unit) || unit === dot) unit = text.charCodeAt(++end)
  if (isNegativeZero || end - at > safeLength || unit === smallE || unit === capitalE) walk.hasOddNumber = true
  return end - 1
}

const zero = 48
const capitalE = 69
const smallE = 101

/** A string, remembered when it is a key that may name a list of objects. */
const passString = (text: string, at: number, level: Level | undefined): number => {
  const end = endOfString(text, at)
  if (level?.line !== undefined && level.expectsKey) {
    level.key = text.slice(at + 1, end)
    level.expectsKey = false
  }
  return end
}

const nextMember = (level: Level | undefined): void => {
  if (level === undefined) return
  level.index++
  level.expectsKey = !level.array
  level.key = undefined
}

/** The elements of the document itself, where it is an array, stand under the key ''. */
const openArray = (walk: Outlining, line: number): Level => {
  const parent = walk.level
  const isPlaced = parent === undefined || (parent.key !== undefined && parent.line !== undefined && placedLists.has(parent.key))
  const elements: Elements | undefined = isPlaced ? [] : undefined
  if (elements !== undefined) outlineAt(walk, parent?.line ?? line).lists.set(parent?.key ?? '', elements)
  return { array: true, line: undefined, outline: undefined, elements, key: undefined, index: 0, expectsKey: false }
}

const openObject = (walk: Outlining, line: number): Level => {
  const parent = walk.level
  const level: Level = {
    array: false,
    line: undefined,
    outline: undefined,
    elements: undefined,
    key: undefined,
    index: 0,
    expectsKey: true,
  }
  if (parent === undefined) walk.root = { line, lists: new Map() }
  else if (parent.elements === undefined) return level
  else parent.elements[parent.index] = line
  return { ...level, line, outline: parent === undefined ? walk.root : undefined }
}

/** The outline of the object in which the walk is, or of the whole. */
const outlineAt = (walk: Outlining, line: number): Outline => {
  const { level, levels } = walk
  if (level === undefined) return (walk.root = { line, lists: new Map() })
  if (level.outline !== undefined) return level.outline
  const list = levels.at(-2)
  level.outline = { line, lists: new Map() }
  if (list?.elements !== undefined) list.elements[list.index] = level.outline
  return level.outline
}

/** The line of the object at a path; undefined: nobody looked for objects there. */
export const lineWithin = (root: Outline, path: Path): number | undefined => {
  let found: Outline | number | undefined = root
  let list = root.lists.get('')
  for (const part of path) {
    if (typeof part === 'number') found = list?.[part]
    else {
      list = typeof found === 'object' ? found.lists.get(part) : undefined
      found = undefined
    }
  }
  return typeof found === 'object' ? found.line : found
}
