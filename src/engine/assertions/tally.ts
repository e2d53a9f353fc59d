import type { Trace } from '../analysis/answer/trace.js'
import { type Problem, isProblem } from '../model/app-error.js'
import type { IdentityTrust } from '../model/identity-trust.js'
import type { ReachabilityQuestion } from '../model/question.js'
import type { Verdict } from '../model/verdict.js'
import type { Judged } from './held.js'

/** A pair that was looked at, with what it was asked and answered. */
export interface Pair extends Judged {
  readonly verdict: Verdict | null
  /** The call, where there is one. */
  readonly question: ReachabilityQuestion | undefined
  readonly trace: Trace | undefined
  readonly trust: IdentityTrust | undefined
}

export type Problematic = { readonly problem: Problem }

/** How many pairs there are and do not hold, and the one to tell: the first that is broken, else the first that is open, else the first. */
export interface Tally {
  readonly checked: number
  readonly failed: number
  readonly open: number
  readonly told: Pair | undefined
}

export const noPairs: Tally = { checked: 0, failed: 0, open: 0, told: undefined }

const rank = { HOLDS: 0, OPEN: 1, BROKEN: 2 } as const

const graver = (a: Pair | undefined, b: Pair | undefined): Pair | undefined =>
  a === undefined || (b !== undefined && rank[b.held] > rank[a.held]) ? b : a

export const addTallies = (a: Tally, b: Tally): Tally => ({
  checked: a.checked + b.checked,
  failed: a.failed + b.failed,
  open: a.open + b.open,
  told: graver(a.told, b.told),
})

/** Counts pairs as they come, and keeps one: there may be thousands. A question that cannot be asked ends it. */
export function tallyPairs(pairs: Iterable<Pair | Problematic>): Tally | Problematic {
  let [checked, failed, open] = [0, 0, 0]
  let told: Pair | undefined
  for (const pair of pairs) {
    if (isProblem(pair)) return pair
    checked += 1
    if (pair.held === 'BROKEN') failed += 1
    if (pair.held === 'OPEN') open += 1
    told = graver(told, pair)
  }
  return { checked, failed, open, told }
}

/** A choice without members holds of nothing: a mistake of who wrote it, or what it spoke of is gone. */
export const nobodyMeant = (side: 'from' | 'to', what: string): Problematic => ({
  problem: { code: 'SOURCE_NOT_FOUND', message: `\`${side}\` means no ${what} of this version, so nothing was checked`, details: {} },
})

export const tooManyPairs = (pairs: number, most: number): Problematic => ({
  problem: {
    code: 'TOO_COMPLEX',
    message: `it means ${pairs} pairs of callers and called, and ${most} are checked at most: choose fewer, or state the call itself`,
    details: {},
  },
})
