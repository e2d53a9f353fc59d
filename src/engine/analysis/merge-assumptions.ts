import type { Assumption } from '../model/step.js'

/** Each assumption once. */
export const mergeAssumptions = (lists: readonly (readonly Assumption[])[]): readonly Assumption[] => {
  // Replicas share their lists: each list is looked at once.
  const [first, ...others] = new Set(lists.filter((list) => list.length > 0))
  if (first === undefined) return []
  const seen = new Map<string, Assumption>()
  for (const list of [first, ...others]) for (const assumption of list) seen.set(`${assumption.code} ${assumption.message}`, assumption)
  return [...seen.values()]
}
