import { describe, expect, it } from 'vitest'
import { combineVerdicts } from '#engine/analysis/answer/combine-verdicts'
import type { Verdict } from '#engine/model/verdict'

const R = 'REACHABLE'
const U = 'UNREACHABLE'
const A = 'AMBIGUOUS'
const X = 'UNDETERMINED'

const cases: readonly (readonly [story: string, parts: readonly Verdict[], whole: Verdict])[] = [
  ['all parts arrive', [R, R], R],
  ['no part arrives', [U, U], U],
  ['some arrive', [R, U], A],
  ['a part that depends makes the whole depend', [R, A], A],
  ['an unknown part could still turn success', [R, X], X],
  ['an unknown part could still turn failure', [U, X], X],
  ['an unknown part turns nothing where others differ already', [R, U, X], A],
  ['nothing takes traffic', [], U],
]

describe('the verdict over parts (FLOW-4)', () => {
  it.each(cases)('%s', (_story, parts, whole) => {
    expect(combineVerdicts(parts)).toBe(whole)
    expect(combineVerdicts([...parts].reverse())).toBe(whole)
  })
})
