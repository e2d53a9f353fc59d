import { cursorOf } from './cursor.js'
import { noFlags, readAlternatives } from './read-alternatives.js'

/** Instructions of the program that RE2 makes of an expression: the truth is between the two. */
export interface ProgramSize {
  readonly least: number
  readonly most: number
}

/** What the text of an expression says of itself without being compiled. */
export interface Measured {
  readonly size: ProgramSize
  /** The same expression, but for its counts, all of which are 1: it takes no more work than its text is long. */
  readonly uncounted: string
  /** Counts go up to 1,000, alone and in each other. */
  readonly countsTooFar: boolean
}

/** An instruction that fails, and one that matches; what never matches fails alone. */
const [fails, always] = [1, 2]
/** To begin anywhere: a byte, a way past it, and ways into what comes. */
const beginning = 4

/** Reads the text once; if it is no expression of RE2, what it says means nothing. */
export function measure(pattern: string): Measured {
  const cursor = cursorOf(pattern)
  const { least, most, repeats } = readAlternatives(cursor, noFlags).extent
  return {
    size: {
      least: cursor.mayBeEmpty ? fails : always + Math.max(0, least - takenOut(pattern)),
      most: always + beginning + most,
    },
    uncounted: withoutCounts(pattern, cursor.counts),
    countsTooFar: cursor.tooMany || repeats > 1000,
  }
}

/** What the text must begin with is compared before, and is no part of the program: up to three bytes for each half of a character. */
const takenOut = (pattern: string): number => (/^(?:\(\?\w+\))?(?:\^|\\A)/.test(pattern) ? 3 * pattern.length : 0)

function withoutCounts(pattern: string, counts: readonly { readonly from: number; readonly to: number }[]): string {
  const parts: string[] = []
  let at = 0
  for (const { from, to } of counts) {
    parts.push(pattern.slice(at, from), '{1}')
    at = to
  }
  return [...parts, pattern.slice(at)].join('')
}
