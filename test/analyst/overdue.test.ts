import { describe, expect, it } from 'vitest'
import { findOverdue } from '#analyst/overdue'
import type { Pending } from '#analyst/pending-requests'

const deadlines = { questionMs: 10, documentMs: 100 }
const pending = (over: Partial<Pending> = {}): Pending => ({
  kind: 'reachability',
  versions: [],
  since: 0,
  startedAt: undefined,
  loading: false,
  resolve: () => {},
  ...over,
})
const waiting = (...requests: readonly Pending[]): ReadonlyMap<number, Pending> =>
  new Map(requests.map((request, index) => [index + 1, request]))

describe('requests past their time', () => {
  it('a question without progress for too long is what the worker is stuck in', () => {
    expect(findOverdue(waiting(pending(), pending()), 0, 11, deadlines)).toEqual({ late: [], stuck: 1 })
  })

  it('a question that waits while others are answered is not', () => {
    expect(findOverdue(waiting(pending()), 5, 11, deadlines)).toEqual({ late: [], stuck: undefined })
  })

  it('questions behind a document are turned away, and the document goes on', () => {
    const document = pending({ kind: 'prepare', startedAt: 0 })
    expect(findOverdue(waiting(document, pending(), pending({ since: 5 })), 0, 12, deadlines)).toEqual({ late: [2], stuck: undefined })
  })

  it('a document that takes too long is stuck', () => {
    expect(findOverdue(waiting(pending({ kind: 'prepare', startedAt: 0 }), pending()), 0, 101, deadlines)).toEqual({ late: [], stuck: 1 })
  })

  it("the store's time is not the worker's", () => {
    expect(findOverdue(waiting(pending({ loading: true })), 0, 1000, deadlines)).toEqual({ late: [], stuck: undefined })
  })
})
