import { pause } from '../../pause.js'
import { endOfString } from './outline-json.js'
import type { PointerTrie } from './pointer-trie.js'

interface Walk {
  readonly text: string
  readonly found: Map<PointerTrie, number>
  at: number
  errorAt: number | undefined
}

/**
 * Offsets of the paths, and of all that encloses them, or of the first character that is not JSON. Recursive: call it only on text whose depth was
 * checked by `outlineJson`.
 */
export const locateInJson = (
  text: string,
  trie: PointerTrie,
): { readonly found: ReadonlyMap<PointerTrie, number>; readonly errorAt: number | undefined } => {
  const walk: Walk = { text, found: new Map(), at: 0, errorAt: undefined }
  blank(walk)
  value(walk, trie)
  blank(walk)
  if (walk.errorAt === undefined && walk.at < text.length) walk.errorAt = walk.at
  return { found: walk.found, errorAt: walk.errorAt }
}

const blanks = /[ \t\n\r]*/y
const literals = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// oxlint-disable-next-line no-control-regex -- JSON refuses exactly these inside strings
const badInString = /[\u0000-\u001f]|\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})/

const blank = (walk: Walk): void => {
  blanks.lastIndex = walk.at
  blanks.test(walk.text)
  walk.at = blanks.lastIndex
}

const fail = (walk: Walk, at = walk.at): void => {
  walk.errorAt ??= Math.min(at, Math.max(0, walk.text.length - 1))
}

const value = (walk: Walk, node: PointerTrie | undefined): void => {
  if (node !== undefined) walk.found.set(node, walk.at)
  const first = walk.text[walk.at]
  pause()
  if (first === '{') return members(walk, node)
  if (first === '[') return elements(walk, node)
  if (first === '"') return void string(walk)
  literals.lastIndex = walk.at
  if (literals.test(walk.text)) walk.at = literals.lastIndex
  else fail(walk)
}

const string = (walk: Walk): string => {
  if (walk.text[walk.at] !== '"') {
    fail(walk)
    return ''
  }
  const end = endOfString(walk.text, walk.at)
  const raw = walk.text.slice(walk.at + 1, end)
  const bad = badInString.exec(raw.replaceAll('\\\\', '__'))
  if (bad !== null || end >= walk.text.length) {
    fail(walk, bad === null ? walk.text.length : walk.at + 1 + bad.index)
    return ''
  }
  walk.at = end + 1
  return raw.includes('\\') ? String(JSON.parse(`"${raw}"`)) : raw
}

const members = (walk: Walk, node: PointerTrie | undefined): void =>
  list(walk, '}', () => {
    const start = walk.at
    const key = string(walk)
    const child = node?.children.get(key)
    blank(walk)
    if (walk.errorAt !== undefined) return
    if (walk.text[walk.at] !== ':') return fail(walk)
    walk.at++
    blank(walk)
    value(walk, child)
    if (child !== undefined) walk.found.set(child, start)
  })

const elements = (walk: Walk, node: PointerTrie | undefined): void =>
  list(walk, ']', (index) => value(walk, node?.children.get(String(index))))

const list = (walk: Walk, close: string, member: (index: number) => void): void => {
  walk.at++
  blank(walk)
  if (walk.text[walk.at] === close) {
    walk.at++
    return
  }
  for (let index = 0; walk.errorAt === undefined; index++) {
    member(index)
    if (walk.errorAt !== undefined) return
    blank(walk)
    const after = walk.text[walk.at++]
    if (after === close) return
    if (after !== ',') return fail(walk, walk.at - 1)
    blank(walk)
  }
}
