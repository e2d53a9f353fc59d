import type { Problem } from '#engine/model/app-error'
import type { Answered, VersionContent } from './analyst.js'
import { askClass } from './ask.js'
import type { Request } from './messages.js'
import { type ShortLived, shortLived } from './turn-taking/short-lived.js'

/** A request that waits for the worker. */
export interface Pending {
  readonly request: Request
  readonly versions: readonly VersionContent[]
  /** How often it was given to a worker that ended before it was answered. */
  interruptions: number
  readonly resolve: (answer: Answered<never>) => void
}

/** Requests in the order in which they were sent. */
export interface PendingRequests {
  readonly byId: Pick<ShortLived<number, Pending>, 'get' | 'has' | 'size' | 'keys'>
  add<T>(of: Omit<Request, 'id'>, versions: readonly VersionContent[]): { readonly request: Request; readonly answer: Promise<Answered<T>> }
  /** Answers one; nothing happens when it was answered before (turned away, and finished all the same). */
  settle(id: number, answer: Answered<unknown>): void
  settleAll(answer: { readonly problem: Problem }): void
  /** How many of a client's are among them? */
  of(client: string): number
  /**
   * The worker ended: what can be asked again is given back, all else is answered. A question
   * is given to two workers at most, and an upload to one: its bytes are gone with it.
   */
  interrupt(answer: { readonly problem: Problem }): readonly Request[]
}

const mostInterruptions = 1

export function createPendingRequests(): PendingRequests {
  const byId = shortLived<number, Pending>()
  const byClient = new Map<string, number>()
  let lastId = 0
  const settle: PendingRequests['settle'] = (id, answer) => {
    const found = byId.get(id)
    if (found === undefined) return
    byId.delete(id)
    const { client } = found.request
    const left = (byClient.get(client) ?? 1) - 1
    if (left > 0) byClient.set(client, left)
    else byClient.delete(client)
    found.resolve(answer as Answered<never>)
  }
  return {
    byId,
    add: <T>(of: Omit<Request, 'id'>, versions: readonly VersionContent[]) => {
      lastId += 1
      const request = { ...of, id: lastId }
      byClient.set(of.client, (byClient.get(of.client) ?? 0) + 1)
      const answer = new Promise<Answered<T>>((resolve) => {
        byId.set(request.id, { request, versions, interruptions: 0, resolve })
      })
      return { request, answer }
    },
    settle,
    settleAll: (answer) => {
      for (const id of byId.keys()) settle(id, answer)
    },
    of: (client) => byClient.get(client) ?? 0,
    interrupt: (answer) => {
      const again: Request[] = []
      for (const id of byId.keys()) {
        const pending = byId.get(id)
        if (pending === undefined) continue
        pending.interruptions += 1
        if (askClass(pending.request.ask.kind).upload === true || pending.interruptions > mostInterruptions) settle(id, answer)
        else again.push(pending.request)
      }
      return again
    },
  }
}
