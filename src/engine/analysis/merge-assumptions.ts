import type { Assumption } from '../model/step.js'

const none: readonly Assumption[] = []

/** Each assumption once. */
export const mergeAssumptions = (lists: readonly (readonly Assumption[])[]): readonly Assumption[] => {
  // Replicas share their lists: each list is looked at once.
  const distinct = new Set(lists.filter((list) => list.length > 0))
  if (distinct.size === 0) return none
  const seen = new Map<string, Assumption>()
  for (const list of distinct) for (const assumption of list) seen.set(`${assumption.code} ${assumption.message}`, assumption)
  return [...seen.values()]
}
