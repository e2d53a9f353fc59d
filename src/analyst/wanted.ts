import { errorOf, type Problem } from '#engine/model/app-error'
import type { ToWorker } from './messages.js'
import { type Description, sourceNamed, type VersionKey, type VersionSource } from './version-source.js'

/** What the worker waits for from the main thread, by request. */
export interface Wanted {
  /** One of a request's versions, whose parts are asked back when they are needed. */
  sourceOf(id: number, position: number, key: VersionKey): VersionSource
  settle(message: Exclude<ToWorker, { readonly type: 'REQUESTS' }>): void
}

interface Waiting {
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
}

/** A request wants one thing of a version at a time: first its description, then contents. */
export function createWanted(ask: (id: number, position: number, digests: readonly string[] | undefined) => void): Wanted {
  const waiting = new Map<string, Waiting>()
  const want = <T>(id: number, position: number, digests?: readonly string[]): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      waiting.set(`${id} ${position}`, { resolve: resolve as Waiting['resolve'], reject })
      ask(id, position, digests)
    })
  const take = (id: number, position: number): Waiting | undefined => {
    const key = `${id} ${position}`
    const found = waiting.get(key)
    waiting.delete(key)
    return found
  }
  return {
    sourceOf: (id, position, key) =>
      sourceNamed(key, {
        describe: () => want<Description>(id, position),
        load: (digests) => want<ReadonlyMap<string, Uint8Array>>(id, position, digests),
      }),
    settle: (message) => {
      const found = take(message.id, message.position)
      if (message.type === 'DESCRIBED') found?.resolve(message.description as never)
      else if (message.type === 'LOADED') found?.resolve(message.bodies as never)
      else found?.reject(errorOf(message.problem satisfies Problem))
    },
  }
}
