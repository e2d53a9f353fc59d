import { turnBefore } from '#engine/rules/turn-before'
import type { Snapshot } from '#engine/snapshot/snapshot'
import type { Answered, EachKind } from '../analyst.js'

interface Asked {
  readonly snapshot: Snapshot
  readonly of: EachKind
  /** The question, when it is asked, and whose things are shown. */
  readonly asked: { readonly at?: number; readonly question: object; readonly view?: object | undefined }
}

/** Answers that pages about services and workloads are made of, for those who look at one again, or turn to it from another. */
export interface KeptAnswers {
  once(asked: Asked, answer: () => Answered<unknown>): Answered<unknown>
}

/** Each is a page of a hundred rows at most. */
const mostAnswers = 50

/** What is seen has endpoints, of which there are many, and costs little: only what is told in rows is kept. */
const isKept = (of: EachKind): boolean => of === 'callers' || of === 'reach'

/** By all that an answer is made of: the snapshot, what is asked of it and for whom, and which certificates are valid meanwhile. */
export function createKeptAnswers(): KeptAnswers {
  const snapshots = new WeakMap<Snapshot, Map<string, Answered<unknown>>>()
  return {
    once: ({ snapshot, of, asked: { at = 0, question, view } }, answer) => {
      if (!isKept(of)) return answer()
      const kept = snapshots.get(snapshot) ?? new Map<string, Answered<unknown>>()
      snapshots.set(snapshot, kept)
      const key = JSON.stringify([of, question, view, `${turnBefore(snapshot, at)}`])
      const found = kept.get(key)
      if (found !== undefined) return found
      const made = answer()
      kept.set(key, made)
      for (const oldest of kept.keys()) if (kept.size > mostAnswers) kept.delete(oldest)
      return made
    },
  }
}
