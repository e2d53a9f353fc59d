/**
 * Where does base64 stand that was broken into lines, each but the last of 32 characters or more?
 *
 * Line by line: a single expression over them all remembers each, and has nowhere to of a million.
 */
const first = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/]{32}[A-Za-z0-9+/]*[ \t]*(?:\\r|\\n|\r?\n)[ \t]*/g
const another = /[A-Za-z0-9+/]{32}[A-Za-z0-9+/]*[ \t]*(?:\\r|\\n|\r?\n)[ \t]*/y
const last = /[A-Za-z0-9+/]+={0,2}/y

/** The text with each of these replaced. */
export function replaceLines(text: string, replace: (lines: string) => string): string {
  const pieces: string[] = []
  let kept = 0
  first.lastIndex = 0
  for (let found = first.exec(text); found !== null; found = first.exec(text)) {
    const end = endOf(text, first.lastIndex)
    if (end === undefined) {
      // No other begins within these characters, and one may right behind them.
      first.lastIndex = found.index + 32
      continue
    }
    pieces.push(text.slice(kept, found.index), replace(text.slice(found.index, end)))
    kept = end
    first.lastIndex = end
  }
  return pieces.length === 0 ? text : pieces.join('') + text.slice(kept)
}

/** Where the lines end of which the second begins at `second`; undefined: there is none. If no open line follows, the last that is ended is it. */
function endOf(text: string, second: number): number | undefined {
  let before: number | undefined
  let at = second
  for (let next = afterMatch(another, text, at); next !== undefined; next = afterMatch(another, text, at)) {
    before = at
    at = next
  }
  return afterMatch(last, text, at) ?? (before === undefined ? undefined : afterMatch(last, text, before))
}

function afterMatch(expression: RegExp, text: string, at: number): number | undefined {
  expression.lastIndex = at
  return expression.test(text) ? expression.lastIndex : undefined
}
