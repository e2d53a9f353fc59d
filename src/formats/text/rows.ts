import { pausing } from '#engine/pause'
import type { Cell, Item } from '../parts/part.js'
import { layOut } from './lay-out.js'
import { belowLines, broken, codeLines, indent, painted, toldBy } from './lines.js'
import type { Measured } from './screen.js'

type Rows = readonly Item[]

const laidOut = (rows: Rows, screen: Measured, every: boolean): ReturnType<typeof layOut> =>
  layOut(
    rows.map(({ cells }) => cells.map(toldBy)),
    screen.columns === null ? null : screen.columns - indent.row,
    screen.ruler,
    every,
  )

/** Things one after the other: cells aligned where they fit, else flowing; below each what belongs to it. */
export function itemLines(items: Rows, screen: Measured): readonly string[] {
  const widths = laidOut(items, screen, false)
  return Array.from(pausing(items), ({ cells, below = [], code }, position) => [
    ...(cells.length === 1
      ? aloneLines(cells[0], screen)
      : widths === undefined
        ? flowLines(cells, screen)
        : columnLines(cells, widths, screen)),
    ...below.flatMap((cell) => belowLines(cell, screen)),
    ...(code === undefined ? [] : [...codeLines(code, screen), ...(position < items.length - 1 ? [''] : [])]),
  ]).flat()
}

/** Lines that follow stand further in: else they would look like the next thing. */
const aloneLines = (cell: Cell | undefined, screen: Measured): readonly string[] =>
  broken(toldBy(cell), indent.row + further, screen).map(
    (piece, position) => `${' '.repeat(indent.row + (position === 0 ? 0 : further))}${painted(cell, piece, screen)}`,
  )

/** Columns under a head; where they do not fit, each row by itself, its cells with their heads. */
export function tableLines(head: readonly string[], rows: Rows, screen: Measured): readonly string[] {
  const heads = head.map((text): Cell => ({ text: text.toUpperCase(), shade: 'faint' }))
  const widths = laidOut([{ cells: heads }, ...rows], screen, true)
  const linesOf = (cells: readonly Cell[]): readonly string[] =>
    widths === undefined ? recordLines(heads, cells, screen) : columnLines(cells, widths, screen)
  return [
    ...(widths === undefined ? [] : columnLines(heads, widths, screen)),
    ...rows.flatMap(({ cells, below = [] }) => [...linesOf(cells), ...below.flatMap((cell) => belowLines(cell, screen))]),
  ]
}

/** A row in as many lines as its highest cell. */
function columnLines(cells: readonly Cell[], widths: readonly number[], screen: Measured): readonly string[] {
  const { ruler } = screen
  const told = cells.map((cell, column) => ruler.wrap(toldBy(cell), widths[column] ?? 0))
  const height = told.reduce((most, lines) => Math.max(most, lines.length), 1)
  return Array.from({ length: height }, (_, at) => {
    const line = told.map((lines, column) => {
      const text = lines[at] ?? ''
      return `${painted(cells[column], text, screen)}${' '.repeat(Math.max(0, (widths[column] ?? 0) - ruler.widthOf(text)))}`
    })
    return `${' '.repeat(indent.row)}${line.join('  ')}`.trimEnd()
  })
}

/** What stands in front of a line that goes on in the row. */
const further = 2

/** One cell after the other, as many on a line as there is room for. */
function flowLines(cells: readonly Cell[], screen: Measured): readonly string[] {
  const { columns, ruler } = screen
  const lines: string[] = []
  let [line, width] = ['', 0]
  for (const cell of cells) {
    const text = toldBy(cell)
    if (text === '') continue
    const fits = line !== '' && width + further + ruler.widthOf(text) <= (columns ?? Number.POSITIVE_INFINITY)
    if (fits) {
      line += `${' '.repeat(further)}${painted(cell, text, screen)}`
      width += further + ruler.widthOf(text)
      continue
    }
    if (line !== '') lines.push(line)
    const start = lines.length === 0 ? indent.row : indent.below
    const pieces = broken(text, start, screen).map((piece) => `${' '.repeat(start)}${painted(cell, piece, screen)}`)
    for (const piece of pieces.slice(0, -1)) lines.push(piece)
    line = pieces.at(-1) ?? ''
    width = start + ruler.widthOf(broken(text, start, screen).at(-1) ?? '')
  }
  return line === '' ? lines : [...lines, line]
}

/** The first cell names the row. */
function recordLines(heads: readonly Cell[], [first, ...rest]: readonly Cell[], screen: Measured): readonly string[] {
  const told = rest.flatMap((cell, column) => (toldBy(cell) === '' ? [] : [{ head: heads[column + 1] ?? '', cell }]))
  const width = told.reduce((most, { head }) => Math.max(most, toldBy(head).length), 0)
  return [
    ...(first === undefined ? [] : flowLines([first], screen)),
    ...told.flatMap(({ head, cell }) =>
      broken(toldBy(cell), indent.below + width + further, screen).map((piece, position) => {
        const label = position === 0 ? toldBy(head) : ''
        return `${' '.repeat(indent.below)}${painted(head, label, screen)}${' '.repeat(width - label.length + further)}${painted(cell, piece, screen)}`
      }),
    ),
  ]
}
