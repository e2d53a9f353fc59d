/**
 * JSON of any length, between whose parts others have their turn: `JSON.parse` does not come out of a long text before it is at its end.
 *
 * Only what is long is taken apart here, list by list and member by member; a part that is short is found by its brackets, and left to `JSON.parse`.
 */
import { pause } from '../../pause.js'
import { endOfJson } from './end-of-json.js'
import { endOfString } from './outline-json.js'

/** Characters of a part; so many are parsed in about a millisecond. */
const short = 64 * 1024

/** The value of the text, as `JSON.parse` has it; a SyntaxError where it is none. Recursive: the text's depth was bounded before. */
export function parseWithPauses(text: string): unknown {
  const walk: Walk = { text, at: 0 }
  const value = takeValue(walk)
  if (next(walk) !== '') throw new SyntaxError('the text goes on after its value')
  return value
}

interface Walk {
  readonly text: string
  at: number
}

const blanks = /[ \t\n\r]*/y

/** The next character that is not blank, which is not passed. */
function next(walk: Walk): string {
  blanks.lastIndex = walk.at
  blanks.test(walk.text)
  walk.at = blanks.lastIndex
  return walk.text.charAt(walk.at)
}

function takeValue(walk: Walk): unknown {
  const first = next(walk)
  const end = first === '"' ? endOfString(walk.text, walk.at) + 1 : endWithin(walk)
  if (end === undefined) return first === '[' ? takeItems(walk) : takeMembers(walk)
  pause()
  const value: unknown = JSON.parse(walk.text.slice(walk.at, end))
  walk.at = end
  return value
}

/** Where a word, a list or a map ends; undefined: it is long, and nobody looked how far it goes on. */
function endWithin({ text, at }: Walk): number | undefined {
  const part = text.slice(at, at + short)
  const end = endOfJson(part, 0)
  return end < part.length || at + short >= text.length ? at + end : undefined
}

function takeItems(walk: Walk): unknown[] {
  const items: unknown[] = []
  for (walk.at += 1; ; ) {
    for (const word of takeWords(walk)) items.push(word)
    items.push(takeValue(walk))
    if (!goesOn(walk, ']')) return items
  }
}

const quoteOrBracket = /["[\]{}]/
const noWords: readonly unknown[] = []

/** Numbers and other words that stand next to one another, up to a comma: millions of them are parsed together. */
function takeWords(walk: Walk): readonly unknown[] {
  const part = walk.text.slice(walk.at, walk.at + short)
  const end = part.search(quoteOrBracket)
  const comma = end === 0 ? -1 : part.lastIndexOf(',', end < 0 ? part.length : end)
  if (comma < 0) return noWords
  pause()
  const words = JSON.parse(`[${part.slice(0, comma)}]`) as readonly unknown[]
  if (words.length === 0) throw new SyntaxError('an item has no value')
  walk.at += comma + 1
  return words
}

function takeMembers(walk: Walk): Record<string, unknown> {
  const members: Record<string, unknown> = {}
  for (walk.at += 1; ; ) {
    if (next(walk) !== '"') throw new SyntaxError('a member has no name')
    const end = endOfString(walk.text, walk.at) + 1
    const name = JSON.parse(walk.text.slice(walk.at, end)) as string
    walk.at = end
    if (next(walk) !== ':') throw new SyntaxError('a member has no value')
    walk.at += 1
    put(members, name, takeValue(walk))
    if (!goesOn(walk, '}')) return members
  }
}

/** An own member, whatever its name. */
function put(members: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(members, name, { value, writable: true, enumerable: true, configurable: true })
  else members[name] = value
}

/** Past a comma; or past the end, and nothing follows. */
function goesOn(walk: Walk, close: string): boolean {
  const after = next(walk)
  if (after !== ',' && after !== close) throw new SyntaxError('the text is not JSON')
  walk.at += 1
  return after === ','
}
