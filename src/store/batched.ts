interface Waiting<V> {
  readonly promise: Promise<V | undefined>
  readonly resolve: (value: V | undefined) => void
  readonly reject: (error: unknown) => void
}

const largest = 500

/**
 * Asks for many keys in one query: all that are wanted in one tick, or while `parallel` queries are on their way.
 *
 * INVARIANT: a key is only ever answered by a query that began after it was asked for, so an answer is never older than
 * the question.
 */
export function createBatched<V>(
  load: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
  parallel: number,
): (key: string) => Promise<V | undefined> {
  let wanted = new Map<string, Waiting<V>>()
  let running = 0
  let scheduled = false

  const run = async (batch: ReadonlyMap<string, Waiting<V>>): Promise<void> => {
    running++
    try {
      const found = await load([...batch.keys()])
      for (const [key, { resolve }] of batch) resolve(found.get(key))
    } catch (error) {
      for (const { reject } of batch.values()) reject(error)
    } finally {
      running--
      start()
    }
  }
  const start = (): void => {
    scheduled = false
    while (wanted.size > 0 && running < parallel) {
      const all = [...wanted]
      wanted = new Map(all.slice(largest))
      void run(new Map(all.slice(0, largest)))
    }
  }
  return (key) => {
    const present = wanted.get(key)
    if (present) return present.promise
    const { promise, resolve, reject } = deferred<V | undefined>()
    wanted.set(key, { promise, resolve, reject })
    if (!scheduled) setImmediate(start)
    scheduled = true
    return promise
  }
}

function deferred<V>(): { promise: Promise<V>; resolve: (value: V) => void; reject: (error: unknown) => void } {
  let settle: [(value: V) => void, (error: unknown) => void] = [() => {}, () => {}]
  const promise = new Promise<V>((resolve, reject) => {
    settle = [resolve, reject]
  })
  return { promise, resolve: settle[0], reject: settle[1] }
}
