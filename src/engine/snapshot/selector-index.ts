import { flatMap } from '../flat-map.js'
import { pause, pausing } from '../pause.js'
import type { Labels } from '../resources/meta.js'
import { remembered } from '../remembered.js'

/** Does every label of the selector stand on the object? An empty selector matches everything. */
export function selectorMatches(selector: Labels, labels: Labels): boolean {
  for (const key in selector) if (labels[key] !== selector[key]) return false
  return true
}

/** Selectors may have thousands of labels, of which a few are looked at. */
function* pairsOf(selector: Labels): Generator<readonly [key: string, pair: string]> {
  let left = fewLabels
  for (const key in selector) {
    yield [key, `${key}=${selector[key]}`]
    left -= 1
    if (left === 0) return
  }
}

/** How many selectors ask for a label. */
function countPairs(selectors: readonly Labels[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const selector of pausing(selectors)) for (const [, pair] of pairsOf(selector)) counts.set(pair, (counts.get(pair) ?? 0) + 1)
  return counts
}

const nothing: readonly never[] = []
const fewNames = 16
const fewLabels = 8

export interface SelectorIndex<T> {
  /** Items whose selector matches, in the order in which they were given; those with an empty selector included, in one list for all that match no other. */
  matching(labels: Labels): readonly T[]
}

/**
 * Finds what selects a workload without trying every selector: each item is filed under one pair of its selector, that which the fewest others have.
 *
 * A namespace of a large mesh has hundreds of Services and policies, and every path of every question asks for them: what was found for a
 * set of labels, which equal objects share, is kept as long as they are.
 */
export function indexBySelector<T>(items: readonly T[], selectorOf: (item: T) => Labels): SelectorIndex<T> {
  const everywhere: number[] = []
  const names = new Set<string>()
  const byPair = new Map<string, number[]>()
  const selectors = items.map(selectorOf)
  const counts = countPairs(selectors)
  selectors.forEach((selector, position) => {
    pause()
    let rarest: readonly [key: string, pair: string] | undefined
    for (const one of pairsOf(selector)) if (rarest === undefined || (counts.get(one[1]) ?? 0) < (counts.get(rarest[1]) ?? 0)) rarest = one
    if (rarest === undefined) return everywhere.push(position)
    const [key, pair] = rarest
    names.add(key)
    const filed = byPair.get(pair)
    return filed === undefined ? byPair.set(pair, [position]) : filed.push(position)
  })
  if (items.length === 0) return { matching: () => nothing }
  const general = flatMap(everywhere, (position) => items[position] ?? [])
  const find = (labels: Labels): readonly T[] => {
    const found: number[] = []
    // Whichever are fewer, as a rule: an object may have hundreds of thousands of labels.
    for (const key of names.size <= fewNames ? names : Object.keys(labels)) {
      pause()
      if (labels[key] === undefined || !names.has(key)) continue
      for (const position of byPair.get(`${key}=${labels[key]}`) ?? []) {
        pause()
        const item = items[position]
        if (item !== undefined && selectorMatches(selectorOf(item), labels)) found.push(position)
      }
    }
    return found.length === 0
      ? general
      : flatMap(
          [...everywhere, ...found].sort((a, b) => a - b),
          (position) => items[position] ?? [],
        )
  }
  return { matching: remembered(find) }
}
