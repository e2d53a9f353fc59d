import type { Subset } from '../../resources/istio/destination-rule.js'
import { remembered } from '../../remembered.js'

/** The subset of that name, of several the first. */
export const subsetNamed = (rule: { readonly subsets: readonly Subset[] } | undefined, name: string): Subset | undefined =>
  rule === undefined ? undefined : byName(rule.subsets).get(name)

const byName = remembered((subsets: readonly Subset[]): ReadonlyMap<string, Subset> => {
  const found = new Map<string, Subset>()
  for (const subset of subsets) if (!found.has(subset.name)) found.set(subset.name, subset)
  return found
})
