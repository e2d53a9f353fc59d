import type { Pending } from './pending-requests.js'

/** How long the engine may be busy with one thing. */
export interface Deadlines {
  readonly questionMs: number
  readonly documentMs: number
}

/** Requests past their time: `late` wait in vain behind something long, `stuck` is what the worker does not come out of. */
export interface Overdue {
  readonly late: readonly number[]
  readonly stuck: number | undefined
}

/**
 * Which requests are past their time?
 *
 * A document may take long, and what waits behind it is turned away while the worker goes on. A question may not: without
 * progress for as long as one may take, the oldest is what the worker is stuck in.
 */
export function findOverdue(pending: ReadonlyMap<number, Pending>, lastProgress: number, now: number, deadlines: Deadlines): Overdue {
  const waiting = [...pending].filter(([, { loading }]) => !loading)
  const running = waiting.find(([, { startedAt }]) => startedAt !== undefined)
  const late = waiting.filter(([, { startedAt, since }]) => startedAt === undefined && now - since > deadlines.questionMs).map(([id]) => id)
  if (running !== undefined) {
    const [id, { startedAt = now }] = running
    return now - startedAt > deadlines.documentMs ? { late: [], stuck: id } : { late, stuck: undefined }
  }
  return { late: [], stuck: now - lastProgress > deadlines.questionMs ? late[0] : undefined }
}
