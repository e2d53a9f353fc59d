import type { Paint } from './paint.js'

/** A heading and its lines, nothing where there are none. */
export const section = (paint: Paint, heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', paint('strong', heading), ...lines]
