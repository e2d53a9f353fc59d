import { type Cell, textOf } from '../parts/part.js'
import type { Measured } from './screen.js'

/** Of rows, and of what stands below a row. */
export const indent = { row: 2, below: 6 } as const

/** A line is a line, whatever somebody wrote into a name. */
export const oneLine = (text: string): string => (/[\n\t]/.test(text) ? text.replaceAll(/\s+/g, ' ').trim() : text)

export const toldBy = (cell: Cell | undefined): string => oneLine(textOf(cell))

/** A text in the lines that it takes `beside` something as wide as that. */
export const broken = (text: string, beside: number, { columns, ruler }: Measured): readonly string[] =>
  columns === null ? [text] : ruler.wrap(text, Math.max(columns - beside, 1))

/** A piece of a cell as the cell is painted; spaces around it are not. */
export const painted = (cell: Cell | undefined, text: string, { paint }: Measured): string =>
  cell === undefined || typeof cell === 'string' || cell.shade === undefined || text === '' ? text : paint(cell.shade, text)

/** Lines that follow stand further in, so that one thing is told from the next; a command goes on so that a shell takes both lines for one. */
export function belowLines(cell: Cell, screen: Measured): readonly string[] {
  const goesOn = typeof cell !== 'string' && cell.as === 'COMMAND' ? ' \\' : ''
  const lines = broken(toldBy(cell), indent.below + 2 + goesOn.length, screen)
  return lines.map((line, position) => {
    const told = position < lines.length - 1 ? `${line}${goesOn}` : line
    return `${' '.repeat(indent.below + (position === 0 ? 0 : 2))}${painted(cell, told, screen)}`
  })
}

/** Between fences and at the start of the line, to be copied as it is. */
export const codeLines = (code: string, { paint }: Measured): readonly string[] => [
  '',
  paint('faint', '```yaml'),
  ...code.trimEnd().split('\n'),
  paint('faint', '```'),
]
