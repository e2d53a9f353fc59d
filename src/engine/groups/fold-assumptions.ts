import { mergeAssumptions } from '../analysis/answer/combine-verdicts.js'
import type { Assumption } from '../model/step.js'

const mostOfOneCode = 5

/** Each assumption once, and of one kind a few: thousands of calls may take the same for granted of thousands of things. */
export function foldAssumptions(lists: readonly (readonly Assumption[])[]): readonly Assumption[] {
  const counts = new Map<string, number>()
  return mergeAssumptions(lists).filter(({ code }) => {
    const count = counts.get(code) ?? 0
    counts.set(code, count + 1)
    return count < mostOfOneCode
  })
}
