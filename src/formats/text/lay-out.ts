/**
 * How rows of cells stand below each other within the columns that there are. Nothing is cut off: a name that is wider than its place sticks out, so that it
 * can be copied.
 */
import { pausing } from '#engine/pause'
import type { Ruler } from './ruler.js'

/** Between two cells. */
const gap = 2

/** Narrower than this a column of sentences is not read with pleasure. */
const leastProse = 24

/** Of as many as there are. */
function largest<T>(things: readonly T[], measure: (thing: T) => number): number {
  let most = 0
  for (const thing of pausing(things)) most = Math.max(most, measure(thing))
  return most
}

const sum = (widths: readonly number[]): number => widths.reduce((total, width) => total + width, 0) + gap * Math.max(0, widths.length - 1)

/** How wide each column is; undefined where they do not fit beside each other. `every`: any may be broken; else the last alone, which holds sentences. */
export function layOut(
  rows: readonly (readonly string[])[],
  room: number | null,
  { widthOf }: Ruler,
  every: boolean,
): readonly number[] | undefined {
  const count = largest(rows, (row) => row.length)
  const over = (measure: (text: string) => number): number[] =>
    Array.from({ length: count }, (_, column) => largest(rows, (row) => measure(row[column] ?? '')))
  const widths = over(widthOf)
  if (room === null || sum(widths) <= room) return widths
  const least = over((text) => text.split(' ').reduce((most, word) => Math.max(most, widthOf(word)), 0))
  const shrunk = every ? shrinkAll(widths, least, room) : shrinkLast(widths, least, room)
  return sum(shrunk) <= room ? shrunk : undefined
}

const shrinkLast = (widths: readonly number[], least: readonly number[], room: number): readonly number[] => {
  const [rest, last] = [widths.slice(0, -1), widths.at(-1) ?? 0]
  const left = room - sum(rest) - gap
  return left >= Math.max(Math.min(leastProse, last), least.at(-1) ?? 0) ? [...rest, left] : widths
}

/** The widest first, none below its longest word. */
function shrinkAll(widths: readonly number[], least: readonly number[], room: number): readonly number[] {
  const shrunk = [...widths]
  for (let over = sum(shrunk) - room; over > 0; over -= 1) {
    const spare = shrunk.map((width, column) => (width > (least[column] ?? 0) ? width : 0))
    const widest = spare.indexOf(spare.reduce((most, one) => Math.max(most, one), 0))
    if ((spare[widest] ?? 0) === 0) break
    shrunk[widest] = (shrunk[widest] ?? 0) - 1
  }
  return shrunk
}
