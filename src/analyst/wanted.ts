import { errorOf, type Problem } from '#engine/model/app-error'
import type { ToWorker } from './messages.js'
import { type Description, sourceNamed, type VersionKey, type VersionSource } from './version-source.js'
import { want, type Work } from './turn-taking/work.js'

/** What the worker waits for from the main thread, by request. */
export interface Wanted {
  /** One of a request's versions, whose parts are asked back when they are needed. */
  sourceOf(id: number, position: number, key: VersionKey): VersionSource
  settle(message: Extract<ToWorker, { readonly type: 'DESCRIBED' | 'LOADED' | 'UNAVAILABLE' }>): void
}

type Arrive = (given: () => unknown) => void

/** A request wants one thing of a version at a time: first its description, then contents. */
export function createWanted(ask: (id: number, position: number, digests: readonly string[] | undefined) => void): Wanted {
  const waiting = new Map<string, Arrive>()
  const wanting = <T>(id: number, position: number, digests?: readonly string[]): Work<T> =>
    want<T>((arrive) => {
      waiting.set(`${id} ${position}`, arrive as Arrive)
      ask(id, position, digests)
    })
  const take = (id: number, position: number): Arrive | undefined => {
    const key = `${id} ${position}`
    const found = waiting.get(key)
    waiting.delete(key)
    return found
  }
  return {
    sourceOf: (id, position, key) =>
      sourceNamed(key, {
        describe: () => wanting<Description>(id, position),
        load: (digests) => wanting<ReadonlyMap<string, Uint8Array>>(id, position, digests),
      }),
    settle: (message) => {
      const arrive = take(message.id, message.position)
      if (message.type === 'DESCRIBED') arrive?.(() => message.description)
      else if (message.type === 'LOADED') arrive?.(() => message.bodies)
      else arrive?.(() => refuse(message.problem))
    },
  }
}

function refuse(problem: Problem): never {
  throw errorOf(problem)
}
