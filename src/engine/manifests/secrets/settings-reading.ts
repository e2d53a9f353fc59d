import type { NamePlace, Suspicion } from './suspicion-of.js'

/** How a text is read in which something is assigned. */
export interface SettingsReading {
  /** Of prose only what is assigned like a setting counts: `password=x`, and not what follows a colon in a sentence. */
  readonly isProse: boolean
  readonly place: NamePlace
}

/** A part of the text in which each member is suspected. */
export interface Named {
  readonly suspicion: Suspicion
  readonly from: number
  readonly until: number
}

/** Where a text is read of what it assigns. */
export interface Scan {
  readonly text: string
  readonly reading: SettingsReading
  readonly pieces: string[]
  /** Up to where the text is in `pieces`. */
  at: number
  lineStart: number
  lineEnd: number
  /** Members that carry values count up to here: they stand below a secret's name. */
  namedUntil: number
  /** What every member is suspected of, and up to where. */
  each: Named | undefined
  /** Sections that say so, of which the last is the next one. */
  readonly sections: Named[]
  readonly isPatch: boolean
  pair: { readonly suspicion: Suspicion; readonly until: number } | undefined
  /** Quotes that no more close. */
  readonly unclosed: Set<string>
  readonly isJwk: boolean
}

/** An assignment that was found. */
export interface Found {
  readonly name: string
  readonly start: number
  readonly gap: string
  /** Where the value begins. */
  readonly from: number
}
/** Leaves out what is between two places; `instead`: what stands there from now on. */
export const cut = (scan: Scan, from: number, to: number, instead = ''): number => {
  scan.pieces.push(scan.text.slice(scan.at, from), instead)
  scan.at = to
  return to
}

/** Where the line ends that this place is in. */
export const lineEndOf = (text: string, from: number): number => {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}
