import type { Problem } from '#engine/model/app-error'
import type { Answered, AskKind, VersionContent } from './analyst.js'
import { askClass } from './ask.js'

/** A request that waits for the worker; times are milliseconds of a monotonic clock. */
export interface Pending {
  readonly kind: AskKind
  readonly versions: readonly VersionContent[]
  readonly since: number
  /** When the worker said that it began; only said of what may take long. */
  startedAt: number | undefined
  /** The store is being read for it: not the worker's time. */
  loading: boolean
  readonly resolve: (answer: Answered<never>) => void
}

/** Requests in the order in which they were sent. */
export interface PendingRequests {
  readonly byId: ReadonlyMap<number, Pending>
  add<T>(kind: AskKind, versions: readonly VersionContent[]): { readonly id: number; readonly answer: Promise<Answered<T>> }
  /** Answers one; nothing happens when it was answered before (turned away, and finished all the same). */
  settle(id: number, answer: Answered<unknown>): void
  settleAll(answer: { readonly problem: Problem }): void
  /** How many uploads are among them? */
  uploads(): number
}

export function createPendingRequests(): PendingRequests {
  const byId = new Map<number, Pending>()
  let lastId = 0
  let uploads = 0
  const settle: PendingRequests['settle'] = (id, answer) => {
    const found = byId.get(id)
    if (found === undefined) return
    byId.delete(id)
    if (askClass(found.kind).upload === true) uploads -= 1
    found.resolve(answer as Answered<never>)
  }
  return {
    byId,
    add: <T>(kind: AskKind, versions: readonly VersionContent[]) => {
      lastId += 1
      const id = lastId
      if (askClass(kind).upload === true) uploads += 1
      const answer = new Promise<Answered<T>>((resolve) => {
        byId.set(id, { kind, versions, since: performance.now(), startedAt: undefined, loading: false, resolve })
      })
      return { id, answer }
    },
    settle,
    settleAll: (answer) => {
      for (const id of byId.keys()) settle(id, answer)
    },
    uploads: () => uploads,
  }
}
