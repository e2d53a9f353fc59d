import { createNumbers } from '../analysis/likeness/numbers.js'

/** Parts of answers that are worked out once for all proxies that they are the same for; kept for as long as one answer is made. */
export interface SharedAnswers<T> {
  /** `things` by identity and `words` by value are all that the part is made of. */
  once(things: readonly unknown[], words: string, make: () => T): T
}

export function createShared<T>(): SharedAnswers<T> {
  const numberOf = createNumbers()
  const known = new Map<string, T>()
  return {
    once: (things, words, make) => {
      const key = `${things.map(numberOf).join(' ')} ${words}`
      const found = known.get(key)
      if (found !== undefined || known.has(key)) return found as T
      const made = make()
      known.set(key, made)
      return made
    },
  }
}
