import type { Paint, Shade } from './paint.js'

/** A cell; its colour is no part of its width. */
export type Cell = string | { readonly text: string; readonly shade: Shade }

const textOf = (cell: Cell | undefined): string => (cell === undefined ? '' : typeof cell === 'string' ? cell : cell.text)

/** Rows with their columns aligned, two spaces between them and none at the end; a row may have a line of text below it. */
export function table(paint: Paint, rows: readonly { readonly cells: readonly Cell[]; readonly below?: readonly string[] }[]): string[] {
  const columns = Math.max(0, ...rows.map(({ cells }) => cells.length))
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map(({ cells }) => textOf(cells[column]).length)))
  return rows.flatMap(({ cells, below = [] }) => [`  ${lineOf(paint, cells, widths)}`, ...below.map((line) => `      ${line}`)])
}

const lineOf = (paint: Paint, cells: readonly Cell[], widths: readonly number[]): string =>
  cells
    .map((cell, column) => {
      const text = textOf(cell)
      const gap = column === cells.length - 1 ? '' : ' '.repeat((widths[column] ?? 0) - text.length + 2)
      return `${typeof cell === 'string' ? text : paint(cell.shade, text)}${gap}`
    })
    .join('')
    .trimEnd()
