/** How deep brackets nest in a document, strings and comments left out: known before a parser recurses into them. */
export function bracketsOf(document: string): number {
  let depth = 0
  let deepest = 0
  for (let at = 0; at < document.length; at += 1) {
    const char = document[at]
    if (char === '"') at = endOfString(document, at)
    else if (char === '#') at = endOfLine(document, at)
    else if (char === '{' || char === '[' || char === '(') deepest = Math.max(deepest, (depth += 1))
    else if (char === '}' || char === ']' || char === ')') depth -= 1
  }
  return deepest
}

function endOfString(document: string, start: number): number {
  const quote = document.startsWith('"""', start) ? '"""' : '"'
  for (let at = start + quote.length; at < document.length; at += 1) {
    if (document[at] === '\\') at += 1
    else if (document.startsWith(quote, at)) return at + quote.length - 1
  }
  return document.length
}

function endOfLine(document: string, start: number): number {
  const end = document.indexOf('\n', start)
  return end === -1 ? document.length : end
}
