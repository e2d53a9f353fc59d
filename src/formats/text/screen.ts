import { type Paint, unpainted } from './paint.js'
import { loadRuler, type Ruler, unbounded } from './ruler.js'

/** Where a text is shown: in which colours, and within how many columns; null: no line is too long. */
export interface Screen {
  readonly paint: Paint
  readonly columns: number | null
}

/** A screen whose ruler is at hand. */
export interface Measured extends Screen {
  readonly ruler: Ruler
}

/** No colours, and no end of a line: a file, a pipe, an answer over HTTP. */
export const endless: Measured = { paint: unpainted, columns: null, ruler: unbounded }

export const measure = async (screen: Screen): Promise<Measured> => ({
  ...screen,
  ruler: screen.columns === null ? unbounded : await loadRuler(),
})
