/**
 * JSON of any length, between whose parts others have their turn: `JSON.parse` does not come out of a long text before it is at its end.
 *
 * Only what is long is taken apart here, list by list and member by member; what is short is left to `JSON.parse`, as many items or members at once as
 * stand in a part.
 */
import { pause } from '../../pause.js'
import { putMember } from '../../put-member.js'
import { endOfJson } from './end-of-json.js'
import { endOfString } from './outline-json.js'
import { closeBrace, closeBracket, comma as commaSign, doubleQuote, openBrace, openBracket } from './yaml/characters.js'

/** Characters of a part; so many are parsed in about a millisecond. */
const short = 64 * 1024

/** The value of the text, as `JSON.parse` has it; a SyntaxError where it is none. Recursive: the text's depth was bounded before. */
export function parseWithPauses(text: string): unknown {
  const walk: Walk = { text, at: 0 }
  const value = takeValue(walk, text.length > short)
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

/** A value by itself; `isLong`: it goes on beyond a part. */
function takeValue(walk: Walk, isLong = false): unknown {
  const first = next(walk)
  if (first === '[' && isLong) return takeItems(walk)
  if (first === '{' && isLong) return takeMembers(walk)
  pause()
  const end = first === '"' ? endOfString(walk.text, walk.at) + 1 : endOfJson(walk.text, walk.at)
  const value: unknown = JSON.parse(walk.text.slice(walk.at, end))
  walk.at = end
  return value
}

/** Items that are short are parsed together, as far as a part goes. */
function takeItems(walk: Walk): unknown[] {
  const items: unknown[] = []
  walk.at += 1
  if (closes(walk, ']')) return items
  for (;;) {
    const { comma, goesOn: isLong } = partFrom(walk)
    if (comma < 0) {
      items.push(takeValue(walk, isLong))
      if (!goesOn(walk, ']')) return items
    } else for (const item of takePart<readonly unknown[]>(walk, '[', comma, ']')) items.push(item)
  }
}

/** The same of members. */
function takeMembers(walk: Walk): Record<string, unknown> {
  const members: Record<string, unknown> = {}
  walk.at += 1
  if (closes(walk, '}')) return members
  for (;;) {
    const { comma, goesOn: isLong } = partFrom(walk)
    if (comma < 0) {
      const name = takeName(walk)
      putMember(members, name, takeValue(walk, isLong))
      if (!goesOn(walk, '}')) return members
    } else {
      const part = takePart<Readonly<Record<string, unknown>>>(walk, '{', comma, '}')
      for (const name in part) putMember(members, name, part[name])
    }
  }
}

interface Part {
  /** The last comma between items of the list, or members of the map, in which the walk is; -1: none is near. */
  readonly comma: number
  /** Nothing near closes the list or map. */
  readonly goesOn: boolean
}

/** How much deeper a character leads. */
function deeperBy(unit: number): number {
  if (unit === openBracket || unit === openBrace) return 1
  return unit === closeBracket || unit === closeBrace ? -1 : 0
}

function partFrom({ text, at: from }: Walk): Part {
  const end = Math.min(text.length, from + short)
  let depth = 0
  let comma = -1
  for (let at = from; at < end; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === doubleQuote) at = endOfString(text, at)
    else if (unit === commaSign && depth === 0) comma = at
    else depth += deeperBy(unit)
    if (depth < 0) return { comma, goesOn: false }
  }
  return { comma, goesOn: true }
}

/** What stands before the comma, which is passed. */
function takePart<T>(walk: Walk, open: string, comma: number, close: string): T {
  pause()
  const part = walk.text.slice(walk.at, comma)
  const value = JSON.parse(`${open}${part}${close}`) as T
  if (blank.test(part)) throw new SyntaxError('nothing stands before a comma')
  walk.at = comma + 1
  return value
}

const blank = /^[ \t\n\r]*$/

function takeName(walk: Walk): string {
  if (next(walk) !== '"') throw new SyntaxError('a member has no name')
  const end = endOfString(walk.text, walk.at) + 1
  const name = JSON.parse(walk.text.slice(walk.at, end)) as string
  walk.at = end
  if (next(walk) !== ':') throw new SyntaxError('a member has no value')
  walk.at += 1
  return name
}

/** Past the end of what has nothing in it. */
function closes(walk: Walk, close: string): boolean {
  if (next(walk) !== close) return false
  walk.at += 1
  return true
}

/** Past a comma; or past the end, and nothing follows. */
function goesOn(walk: Walk, close: string): boolean {
  const after = next(walk)
  if (after !== ',' && after !== close) throw new SyntaxError('the text is not JSON')
  walk.at += 1
  return after === ','
}
