import type { TextSource } from './text-source.js'

export interface Position {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
}

/** Where a text begins that stands by itself. */
export const textStart: Position = { line: 1, column: 1 }

/** Where an offset of this text is, which itself begins at `start`. Offsets may come in any order; the first call asks for the text and indexes it. */
export const lineIndex = ({ text }: TextSource, start = textStart): ((offset: number) => Position) => {
  let starts: number[] | undefined
  return (offset) => {
    starts ??= lineStarts(text())
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

const lineStarts = (text: string): number[] => {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
