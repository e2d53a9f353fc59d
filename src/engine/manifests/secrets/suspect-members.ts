import type { Scan } from './settings-reading.js'
import type { Suspicion } from './suspicion-of.js'

interface Suspected {
  /** Where the members begin. */
  readonly from: number
  /** What the name above says, and what it says of each of them, whatever it is called. */
  readonly suspicion: Suspicion
  readonly each: Suspicion | undefined
}

/** From here on members of what has a secret's name are looked at, unless they are already. `endOf`: up to where. */
export const suspectMembers = (scan: Scan, { from, suspicion, each }: Suspected, endOf: () => number): void => {
  const isInside = from < scan.namedUntil || from < (scan.each?.until ?? 0)
  if (isInside || (suspicion !== 'ALWAYS' && each === undefined)) return
  const until = endOf()
  if (suspicion === 'ALWAYS') scan.namedUntil = until
  if (each !== undefined) scan.each = { suspicion: each, from, until }
}
