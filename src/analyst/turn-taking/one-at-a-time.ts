import { want, type Work } from './work.js'

/** Found, or made by the first who wants it. */
export type OneAtATime = <T>(key: string, find: () => T | undefined, make: () => Work<T>) => Work<T>

/**
 * What several want at once is made by the first of them; the others wait, and look again when that came to an end: done, failed, or given up because
 * nobody waits for it any more. `most`: so many different things are made at a time.
 */
export function oneAtATime(most = Infinity): OneAtATime {
  const making = new Map<string, (() => void)[]>()
  const full: (() => void)[] = []

  const waitIn = (queue: (() => void)[]): Work<undefined> => want<undefined>((arrive) => queue.push(() => arrive(nothing)))
  const end = (key: string): void => {
    const waiting = making.get(key) ?? []
    making.delete(key)
    for (const goOn of [...waiting, ...full.splice(0)]) goOn()
  }

  return function* <T>(key: string, find: () => T | undefined, make: () => Work<T>): Work<T> {
    for (;;) {
      const found = find()
      if (found !== undefined) return found
      const queue = making.get(key) ?? (making.size >= most ? full : undefined)
      if (queue === undefined) break
      yield* waitIn(queue)
    }
    making.set(key, [])
    try {
      return yield* make()
    } finally {
      end(key)
    }
  }
}

const nothing = (): undefined => undefined
