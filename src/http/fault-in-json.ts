/** Where a text stops being JSON. */
export interface JsonFault {
  /** Of the first character that no JSON text could have there; the text's length where it ends too early. */
  readonly offset: number
  /** Both count from 1. */
  readonly line: number
  readonly column: number
}

/** What may come next; an ITEM or a MEMBER that is the first may also be the end of its list or map. */
type Expected = 'VALUE' | 'FIRST_ITEM' | 'MEMBER' | 'FIRST_MEMBER' | 'COLON' | 'COMMA_OR_END'

interface Walk {
  readonly text: string
  at: number
  /** What would close the lists and maps that are open. */
  readonly open: ('}' | ']')[]
  expected: Expected
}

/**
 * Finds it in one pass, without recursion: for texts that `JSON.parse` refused, which says where only in words. Undefined: the text is JSON, or at
 * least its first `within` characters may be the beginning of one.
 */
export function faultInJson(text: string, within = text.length): JsonFault | undefined {
  const walk: Walk = { text, at: 0, open: [], expected: 'VALUE' }
  for (;;) {
    pass(walk, blanks)
    const isWhole = walk.expected === 'COMMA_OR_END' && walk.open.length === 0
    if (walk.at === text.length) return isWhole ? undefined : placeOf(text, walk.at)
    if (walk.at > within) return undefined
    if (isWhole || !take(walk)) return placeOf(text, walk.at)
  }
}

const blanks = /[ \t\n\r]*/y
const words = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// oxlint-disable-next-line no-control-regex -- JSON refuses exactly these inside strings
const plain = /[^"\\\u0000-\u001f]*/y
const escapes = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y

function pass(walk: Walk, pattern: RegExp): boolean {
  pattern.lastIndex = walk.at
  if (!pattern.test(walk.text)) return false
  walk.at = pattern.lastIndex
  return true
}

/** One bracket, mark, text or word; false: it may not stand here. */
function take(walk: Walk): boolean {
  const character = walk.text.charAt(walk.at)
  if (mayEnd.has(walk.expected) && character === walk.open.at(-1)) {
    walk.open.pop()
    return goOn(walk, 'COMMA_OR_END')
  }
  return takers[walk.expected](walk, character)
}

type Taker = (walk: Walk, character: string) => boolean

const takeName: Taker = (walk, character) => character === '"' && takeText(walk, 'COLON')

const takers: Readonly<Record<Expected, Taker>> = {
  VALUE: takeValue,
  FIRST_ITEM: takeValue,
  MEMBER: takeName,
  FIRST_MEMBER: takeName,
  COLON: (walk, character) => character === ':' && goOn(walk, 'VALUE'),
  COMMA_OR_END: (walk, character) => character === ',' && goOn(walk, walk.open.at(-1) === '}' ? 'MEMBER' : 'VALUE'),
}

const mayEnd: ReadonlySet<Expected> = new Set(['FIRST_ITEM', 'FIRST_MEMBER', 'COMMA_OR_END'])

function takeValue(walk: Walk, character: string): boolean {
  if (character === '"') return takeText(walk, 'COMMA_OR_END')
  if (character === '{' || character === '[') {
    walk.open.push(character === '{' ? '}' : ']')
    return goOn(walk, character === '{' ? 'FIRST_MEMBER' : 'FIRST_ITEM')
  }
  walk.expected = 'COMMA_OR_END'
  return pass(walk, words)
}

function goOn(walk: Walk, expected: Expected): boolean {
  walk.at += 1
  walk.expected = expected
  return true
}

function takeText(walk: Walk, after: Expected): boolean {
  walk.at += 1
  do pass(walk, plain)
  while (pass(walk, escapes))
  return walk.text.charAt(walk.at) === '"' && goOn(walk, after)
}

function placeOf(text: string, offset: number): JsonFault {
  const before = text.slice(0, offset)
  const lines = before.split('\n')
  return { offset, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}
