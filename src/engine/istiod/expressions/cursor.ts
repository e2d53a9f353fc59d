/** Where the reading of an expression stands, and what it has met. */
export interface Cursor {
  readonly text: string
  at: number
  /** The counted repetitions, by where they stand in the text. */
  readonly counts: { readonly from: number; readonly to: number }[]
  /** A class may turn out to be empty, so that the whole expression is. */
  mayBeEmpty: boolean
  /** A count of more than 1,000. */
  tooMany: boolean
}

export const cursorOf = (text: string): Cursor => ({ text, at: 0, counts: [], mayBeEmpty: false, tooMany: false })

/** Takes the text if it comes next. */
export function takes(cursor: Cursor, text: string): boolean {
  if (!cursor.text.startsWith(text, cursor.at)) return false
  cursor.at += text.length
  return true
}

/** Takes a character, of one or two halves; past the end it is 0. */
export function takeCode(cursor: Cursor): number {
  const code = cursor.text.codePointAt(cursor.at) ?? 0
  cursor.at += code > 0xffff ? 2 : 1
  return code
}

/** What is written up to the character, which is taken too; undefined: it does not come. */
export function takeUpTo(cursor: Cursor, end: string): string | undefined {
  const to = cursor.text.indexOf(end, cursor.at)
  if (to < 0) return undefined
  const taken = cursor.text.slice(cursor.at, to)
  cursor.at = to + end.length
  return taken
}

/** Takes what the expression matches here; it has the flag `y`. */
export function takeMatch(cursor: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text) ?? undefined
  if (found !== undefined) cursor.at = pattern.lastIndex
  return found
}
