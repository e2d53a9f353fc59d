/** Things by key that come and go. */
export interface ShortLived<K, V> {
  get(key: K): V | undefined
  has(key: K): boolean
  set(key: K, value: V): void
  delete(key: K): void
  size(): number
  keys(): Iterable<K>
}

/**
 * A map that keeps nothing of what was taken out of it.
 *
 * A Map that makes room leaves its table behind with what it held, and a link to the next one. Once one of these tables is old, all that follow grow old with it,
 * although nobody has them, and so does everything that they lead to: requests, their answers and whoever waited for them, until the whole heap is
 * collected. So things stand in boxes, which are emptied.
 */
export function shortLived<K, V extends object>(): ShortLived<K, V> {
  const boxes = new Map<K, { held: V | undefined }>()
  return {
    get: (key) => boxes.get(key)?.held,
    has: (key) => boxes.has(key),
    set: (key, value) => void boxes.set(key, { held: value }),
    delete: (key) => {
      const box = boxes.get(key)
      if (box === undefined) return
      box.held = undefined
      boxes.delete(key)
    },
    size: () => boxes.size,
    keys: () => boxes.keys(),
  }
}
