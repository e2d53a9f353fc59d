/** A map that forgets what was not used for longest when it holds more than it may. */
export interface Recent<T> {
  find(key: string): T | undefined
  keep(key: string, value: T): void
  forget(key: string): void
}

/** Bounded by the sum of `weigh` (bytes, about); a value heavier than that is not kept. */
export function createRecent<T>(limit: number, weigh: (value: T) => number): Recent<T> {
  const entries = new Map<string, T>()
  let weight = 0
  /** Was used last, so that it stands at the end already. */
  let newest: string | undefined
  const forget = (key: string): void => {
    const value = entries.get(key)
    if (value === undefined) return
    entries.delete(key)
    weight -= weigh(value)
  }
  return {
    find: (key) => {
      const value = entries.get(key)
      if (value === undefined || key === newest) return value
      entries.delete(key) // to the end: a map keeps the order of insertion
      entries.set(key, value)
      newest = key
      return value
    },
    keep: (key, value) => {
      forget(key)
      entries.set(key, value)
      newest = key
      weight += weigh(value)
      for (const oldest of entries.keys()) {
        if (weight <= limit) break
        forget(oldest)
      }
    },
    forget,
  }
}
