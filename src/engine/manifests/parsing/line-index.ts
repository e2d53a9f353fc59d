import { pause } from '../../pause.js'
import type { TextSource } from './text-source.js'

export interface Position {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
}

/** Where a text begins that stands by itself. */
export const textStart: Position = { line: 1, column: 1 }

/**
 * Where an offset of this text is, which itself begins at `start`. Offsets may come in any order; the first call asks for the text, and it is indexed as far as
 * anybody asks: of a text that is refused at its beginning the rest is not counted.
 */
export const lineIndex = ({ text }: TextSource, start = textStart): ((offset: number) => Position) => {
  let known: Known | undefined
  return (offset) => {
    known = indexUpTo(known ?? { starts: [0], next: 0 }, text, offset)
    const { starts } = known
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    const column = offset - (starts[low] ?? 0) + 1
    return { line: low + start.line, column: low === 0 ? column + start.column - 1 : column }
  }
}

/** Where lines begin; `next`: as far as the text has been looked through. */
interface Known {
  readonly starts: number[]
  readonly next: number
}

function indexUpTo(known: Known, text: () => string, offset: number): Known {
  if (offset < known.next) return known
  const [{ starts }, whole] = [known, text()]
  let { next } = known
  while (next <= offset) {
    pause()
    const end = whole.indexOf('\n', next)
    if (end < 0) return { starts, next: Infinity }
    next = end + 1
    starts.push(next)
  }
  return { starts, next }
}
