import { endOfString } from './outline-json.js'

const quoteOrBracket = /["[\]{}]/g
const word = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y

/** Where the JSON value that begins at `start` ends, if it is one: with its last bracket, its quote, or its word. */
export function endOfJson(text: string, start: number): number {
  if (!'"[{'.includes(text.charAt(start))) {
    word.lastIndex = start
    return word.test(text) ? word.lastIndex : start + 1
  }
  let open = 0
  quoteOrBracket.lastIndex = start
  for (let found = quoteOrBracket.exec(text); found !== null; found = quoteOrBracket.exec(text)) {
    const [character] = found
    if (character === '"') quoteOrBracket.lastIndex = endOfString(text, found.index) + 1
    else open += character === '[' || character === '{' ? 1 : -1
    if (open <= 0) return Math.min(quoteOrBracket.lastIndex, text.length)
  }
  return text.length
}
