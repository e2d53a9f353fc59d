import { errorOf, type Problem } from '#engine/model/app-error'
import type { Description, ToWorker } from './messages.js'
import type { VersionKey, VersionSource } from './version-source.js'

/** What the worker waits for from the main thread, by request. */
export interface Wanted {
  /** The version of a request, whose parts are asked back when they are needed. */
  sourceOf(id: number, key: VersionKey): VersionSource
  settle(message: Exclude<ToWorker, { readonly type: 'REQUESTS' }>): void
}

interface Waiting {
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
}

/** A request wants one thing at a time: first the version's description, then contents. */
export function createWanted(ask: (id: number, digests: readonly string[] | undefined) => void): Wanted {
  const waiting = new Map<number, Waiting>()
  const want = <T>(id: number, digests?: readonly string[]): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
      ask(id, digests)
    })
  const take = (id: number): Waiting | undefined => {
    const found = waiting.get(id)
    waiting.delete(id)
    return found
  }
  return {
    sourceOf: (id, key) => ({
      key,
      describe: () => want<Description>(id),
      load: (digests) => want<ReadonlyMap<string, Uint8Array>>(id, digests),
    }),
    settle: (message) => {
      const found = take(message.id)
      if (message.type === 'DESCRIBED') found?.resolve(message.description as never)
      else if (message.type === 'LOADED') found?.resolve(message.bodies as never)
      else found?.reject(errorOf(message.problem satisfies Problem))
    },
  }
}
