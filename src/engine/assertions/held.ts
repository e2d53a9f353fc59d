/** What became of one expectation of one pair: OPEN where something that decides is missing. */
export type Held = 'HOLDS' | 'BROKEN' | 'OPEN'

export interface Judged {
  readonly held: Held
  /** What is so instead, for a person. */
  readonly detail: string
}

export const holds: Judged = { held: 'HOLDS', detail: '' }

/** The first that is broken, else the first that is open. */
export const worstOf = (judged: readonly Judged[]): Judged =>
  judged.find(({ held }) => held === 'BROKEN') ?? judged.find(({ held }) => held === 'OPEN') ?? holds
