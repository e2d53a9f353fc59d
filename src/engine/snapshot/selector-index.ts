import { flatMap } from '../flat-map.js'
import { pause } from '../pause.js'
import type { Labels } from '../resources/meta.js'
import { remembered } from '../remembered.js'

/** Does every label of the selector stand on the object? An empty selector matches everything. */
export function selectorMatches(selector: Labels, labels: Labels): boolean {
  for (const key in selector) if (labels[key] !== selector[key]) return false
  return true
}

/** Selectors may have thousands. */
function firstOf(selector: Labels): string | undefined {
  for (const key in selector) return key
  return undefined
}

const nothing: readonly never[] = []
const fewNames = 16

export interface SelectorIndex<T> {
  /** Items whose selector matches, in the order in which they were given; those with an empty selector included, in one list for all that match no other. */
  matching(labels: Labels): readonly T[]
}

/**
 * Finds what selects a workload without trying every selector: each item is filed under one pair of its selector.
 *
 * A namespace of a large mesh has hundreds of Services and policies, and every path of every question asks for them: what was found for a
 * set of labels, which equal objects share, is kept as long as they are.
 */
export function indexBySelector<T>(items: readonly T[], selectorOf: (item: T) => Labels): SelectorIndex<T> {
  const everywhere: number[] = []
  const names = new Set<string>()
  const byPair = new Map<string, number[]>()
  items.forEach((item, position) => {
    pause()
    const selector = selectorOf(item)
    const first = firstOf(selector)
    if (first === undefined) return everywhere.push(position)
    names.add(first)
    const pair = `${first}=${selector[first]}`
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
