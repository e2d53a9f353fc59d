import { limits } from './limits.js'

/** Lists whose elements are objects with a place of their own: clusters, their resources, the items of a List. */
const listKeys = new Set(['clusters', 'resources', 'items'])

/** Lines of an object and of the elements of its lists; the shape of the text, without values. */
export interface Outline {
  readonly line: number
  readonly lists: Map<string, (Outline | undefined)[]>
}

interface Level {
  readonly array: boolean
  readonly outline: Outline | undefined
  readonly elements: (Outline | undefined)[] | undefined
  key: string | undefined
  index: number
  expectsKey: boolean
}

export interface OutlinedJson {
  readonly root: Outline | undefined
  /** Offset at which nesting became deeper than the limit. */
  readonly tooDeepAt: number | undefined
}

const newLine = 10
const quote = 34
const comma = 44
const colon = 58
const openBracket = 91
const backslash = 92
const closeBracket = 93
const openBrace = 123
const closeBrace = 125

/** End of the string that opens at `open`: the offset of its closing quote, or the text's end. */
export const endOfString = (text: string, open: number): number => {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++
    if (slashes % 2 === 0) return at
  }
  return text.length
}

/** One cheap pass before `JSON.parse`: how deep the text nests, and on which lines its objects begin. */
export const outlineJson = (text: string): OutlinedJson => {
  const levels: Level[] = []
  let root: Outline | undefined
  let line = 1
  let level: Level | undefined
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case newLine:
        line++
        break
      case quote: {
        const end = endOfString(text, at)
        if (level?.outline !== undefined && level.expectsKey) {
          level.key = text.slice(at + 1, end)
          level.expectsKey = false
        }
        at = end
        break
      }
      case openBrace:
      case openBracket: {
        if (levels.length >= limits.depth) return { root, tooDeepAt: at }
        level = openLevel(level, text.charCodeAt(at) === openBracket, line)
        root ??= level.outline
        levels.push(level)
        break
      }
      case closeBrace:
      case closeBracket:
        levels.pop()
        level = levels.at(-1)
        break
      case comma:
        if (level !== undefined) nextMember(level)
        break
      case colon:
        break
    }
  }
  return { root, tooDeepAt: undefined }
}

const nextMember = (level: Level): void => {
  level.index++
  level.expectsKey = !level.array
  level.key = undefined
}

const openLevel = (parent: Level | undefined, array: boolean, line: number): Level => {
  if (array) {
    const wanted = parent === undefined || (parent.outline !== undefined && parent.key !== undefined && listKeys.has(parent.key))
    const elements: (Outline | undefined)[] | undefined = wanted ? [] : undefined
    const outline: Outline | undefined = parent === undefined ? { line, lists: new Map([['', elements ?? []]]) } : undefined
    if (elements !== undefined && parent?.key !== undefined) parent.outline?.lists.set(parent.key, elements)
    return { array, outline, elements, key: undefined, index: 0, expectsKey: false }
  }
  const wanted = parent === undefined || parent.elements !== undefined
  const outline: Outline | undefined = wanted ? { line, lists: new Map() } : undefined
  if (outline !== undefined && parent?.elements !== undefined) parent.elements[parent.index] = outline
  return { array, outline, elements: undefined, key: undefined, index: 0, expectsKey: true }
}
