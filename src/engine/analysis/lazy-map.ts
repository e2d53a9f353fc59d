/**
 * A read-only map whose values are computed when they are asked for, and kept.
 *
 * A namespace of a large mesh sees thousands of services and is asked about few: looking one up must not build all.
 */
export function lazyMap<V>(compute: (key: string) => V | undefined, listKeys: () => Iterable<string>): ReadonlyMap<string, V> {
  const known = new Map<string, V | undefined>()
  const find = (key: string): V | undefined => {
    if (known.has(key)) return known.get(key)
    const value = compute(key)
    known.set(key, value)
    return value
  }
  let whole: ReadonlyMap<string, V> | undefined
  const all = (): ReadonlyMap<string, V> => {
    whole ??= new Map([...new Set(listKeys())].flatMap((key) => entryOf(key, find(key))))
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
