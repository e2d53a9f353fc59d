import { flatMap } from '../flat-map.js'
import { pause, pausing } from '../pause.js'
import type { Labels } from '../resources/meta.js'
import { selectorMatches } from './selector-index.js'

export interface LabelIndex<T> {
  /** Items with every label of the selector, in the order in which they were given; undefined: it names none, which some take for all and some for nothing. */
  matching(selector: Labels): readonly T[] | undefined
}

/** Items by the values of a label. */
type ByValue<T> = ReadonlyMap<string, readonly T[]>

const nothing: readonly never[] = []
/** So many names are looked for one by one: selectors of most meshes use fewer, while an object may have hundreds of thousands of labels. */
const fewNames = 16

/** Finds what a selector selects without trying every item: items are filed by the value of each label that some selector asks for. */
export function indexByLabels<T extends object>(items: readonly T[], labelsOf: (item: T) => Labels): LabelIndex<T> {
  const known = new Map<string, ByValue<T>>()
  let all: ReadonlyMap<string, readonly T[]> | undefined
  const having = (name: string): ByValue<T> => {
    const found = known.get(name)
    if (found !== undefined) return found
    if (known.size >= fewNames) all ??= itemsByName(items, labelsOf)
    const byValue = itemsByValue(all === undefined ? items : (all.get(name) ?? nothing), (item) => labelsOf(item)[name])
    known.set(name, byValue)
    return byValue
  }
  return {
    matching: (selector) => {
      let fewest: readonly T[] | undefined
      for (const name in selector) {
        const found = having(name).get(selector[name] ?? '') ?? nothing
        if (fewest === undefined || found.length < fewest.length) fewest = found
        if (fewest.length === 0) return nothing
      }
      return fewest && flatMap(fewest, (item) => (selectorMatches(selector, labelsOf(item)) ? item : []))
    },
  }
}

function itemsByName<T>(items: readonly T[], labelsOf: (item: T) => Labels): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>()
  for (const item of items) {
    for (const name in labelsOf(item)) {
      pause()
      file(found, name, item)
    }
  }
  return found
}

function itemsByValue<T>(items: readonly T[], valueOf: (item: T) => string | undefined): ByValue<T> {
  const found = new Map<string, T[]>()
  for (const item of pausing(items)) {
    const value = valueOf(item)
    if (value !== undefined) file(found, value, item)
  }
  return found
}

function file<T>(into: Map<string, T[]>, key: string, item: T): void {
  const filed = into.get(key)
  if (filed === undefined) into.set(key, [item])
  else filed.push(item)
}
