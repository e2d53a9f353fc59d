/**
 * A read-only map whose values are computed when they are asked for, and kept; that there is none is found out anew each time.
 *
 * A namespace of a large mesh sees thousands of services and is asked about few: looking one up must not build all. What is `shared` with
 * other maps is taken from there, and not kept once more.
 */
import { flatMap } from '../../flat-map.js'
export function lazyMap<V>(
  compute: (key: string) => V | undefined,
  listKeys: () => Iterable<string>,
  shared?: ReadonlyMap<string, V>,
): ReadonlyMap<string, V> {
  const known = new Map<string, V>()
  const find = (key: string): V | undefined => {
    const found = shared?.get(key) ?? known.get(key)
    if (found !== undefined) return found
    const value = compute(key)
    const meanwhile = known.get(key)
    if (meanwhile !== undefined) return meanwhile
    // What exists bounds what is kept; names that do not exist have no end.
    if (value !== undefined) known.set(key, value)
    return value
  }
  let whole: ReadonlyMap<string, V> | undefined
  const all = (): ReadonlyMap<string, V> => {
    whole ??= new Map(flatMap([...new Set(listKeys())], (key) => entryOf(key, find(key))))
    return whole
  }
  return {
    get: find,
    has: (key) => find(key) !== undefined,
    get size() {
      return all().size
    },
    forEach: (visit, self) => all().forEach(visit, self),
    entries: () => all().entries(),
    keys: () => all().keys(),
    values: () => all().values(),
    [Symbol.iterator]: () => all()[Symbol.iterator](),
  }
}

const entryOf = <V>(key: string, value: V | undefined): [string, V][] => (value === undefined ? [] : [[key, value]])
