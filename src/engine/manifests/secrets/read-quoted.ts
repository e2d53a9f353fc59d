/** What is between two quotes. */
export interface Quoted {
  readonly from: number
  readonly to: number
}

const opening = /(\\{0,7})("""|'''|["'`])/y

/**
 * The quoted value that begins here; undefined where none does, or nothing closes it. The quotes of JSON inside of JSON have backslashes
 * before them. `unclosed`: quotes that are known not to close any more, so that nobody looks for them again.
 */
export const readQuoted = (text: string, at: number, unclosed: Set<string>): Quoted | undefined => {
  opening.lastIndex = at
  const [whole, slashes = '', quote = ''] = opening.exec(text) ?? []
  if (whole === undefined || unclosed.has(whole)) return undefined
  const from = at + whole.length
  const to = slashes === '' && quote === '"' ? endOfDouble(text, from) : text.indexOf(whole, from)
  if (to >= 0) return { from, to }
  unclosed.add(whole)
  return undefined
}

const endOfDouble = (text: string, from: number): number => {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '"') return at
    if (text[at] === '\\') at += 1
  }
  return -1
}

const blockHeader = /[|>][+\-\d]{0,2}[ \t]{0,20}(?:#[^\n]{0,200})?\r?\n/y

/** Where the lines of a block scalar begin whose header stands here. */
export const readBlock = (text: string, at: number): number | undefined => {
  blockHeader.lastIndex = at
  return blockHeader.test(text) ? blockHeader.lastIndex : undefined
}

const lineBelow = /([ ]*)([^\n]*)(?:\n|$)/y

/** Where the lines end that are indented more than the column, or where it is a list, are items of it there, from the beginning of a line. */
export const endOfBlock = (text: string, from: number, column: number, isList = false): number => {
  let at = from
  while (at < text.length) {
    lineBelow.lastIndex = at
    const [, spaces = '', rest = ''] = lineBelow.exec(text) ?? []
    const isItem = isList && spaces.length === column && rest.startsWith('- ')
    if (rest.trim() !== '' && spaces.length <= column && !isItem) break
    at = lineBelow.lastIndex
  }
  return at
}

const continuation = /\n([ ]+)([^\n]+)/y
const ofAnother = /^(?:-(?:\s|$)|#|[\w$./"'-]{1,120}\s{0,9}:(?:\s|$))/

/** Where the lines end that continue a plain scalar, from the end of its first line. */
export const endOfContinuation = (text: string, lineEnd: number, column: number): number => {
  let at = lineEnd
  for (;;) {
    continuation.lastIndex = at
    const [, spaces = '', rest = ''] = continuation.exec(text) ?? []
    if (spaces.length <= column || rest.trim() === '' || ofAnother.test(rest)) return at
    at = continuation.lastIndex
  }
}
