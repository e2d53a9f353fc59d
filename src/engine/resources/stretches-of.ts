import { parseWithPauses } from '../manifests/parsing/parse-with-pauses.js'
import { pause } from '../pause.js'

/** Bytes of a stretch; so much is parsed in about a millisecond. */
const enough = 128 * 1024
const brace = '}'.charCodeAt(0)
/** Between two objects that are written one after the other; inside of a string the quotes would be escaped. */
const between = [...new TextEncoder().encode('},{"apiVersion":')]

/**
 * The items of a JSON array, a stretch of the text at a time; at last what is wrong with the whole, if something is.
 *
 * Where a stretch ends is guessed, and known by whether it can be parsed: the middle of an object is never a whole list. A wrong guess doubles the
 * stretch, so that the text is parsed twice at most.
 */
export function* stretchesOf(body: Uint8Array): Generator<readonly unknown[] | string> {
  const decoder = new TextDecoder()
  for (let start = 0, size = enough; ; ) {
    const end = boundaryFrom(body, start + size)
    const text = decoder.decode(body.subarray(start, end < 0 ? undefined : end + 1))
    const items = parse(`${start === 0 ? '' : '['}${text}${end < 0 ? '' : ']'}`)
    if (items === undefined && end < 0) return yield 'is not JSON'
    if (items !== undefined) {
      if (!Array.isArray(items)) return yield 'is not a list of objects'
      yield items
      if (end < 0) return
    }
    size = items === undefined ? 2 * (end - start) : enough
    if (items !== undefined) start = end + 2
  }
}

function boundaryFrom(body: Uint8Array, from: number): number {
  for (let at = body.indexOf(brace, from); at >= 0; at = body.indexOf(brace, at + 1)) {
    pause()
    if (between.every((byte, index) => body[at + index] === byte)) return at
  }
  return -1
}

function parse(text: string): unknown {
  try {
    return text.length > 2 * enough ? parseWithPauses(text) : JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
