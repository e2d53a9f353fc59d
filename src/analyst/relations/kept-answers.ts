import type { Snapshot } from '#engine/snapshot/snapshot'
import type { Answered, EachKind } from '../analyst.js'

/** What is asked, but for the moment. */
interface Asked {
  readonly snapshot: Snapshot
  readonly of: EachKind
  /** The question, and whose things are shown. */
  readonly asked: { readonly at?: number; readonly question: object; readonly view?: object | undefined }
}

/** Answers that pages about services and workloads are made of, for those who look at one again, or turn to it from another. */
export interface KeptAnswers {
  once(asked: Asked, answer: () => Answered<unknown>): Answered<unknown>
}

interface Kept {
  readonly at: number
  readonly answer: Answered<unknown>
}

/** Certificates are judged at the moment that is asked about, of which a minute is taken for one. */
const lasting = 60_000
/** Each is a page of a hundred rows at most. */
const mostAnswers = 50

/** What is seen has endpoints, of which there are many: only what is told in rows is kept. */
const isKept = (of: EachKind): boolean => of !== 'visibility'

export function createKeptAnswers(): KeptAnswers {
  const snapshots = new WeakMap<Snapshot, Map<string, Kept>>()
  return {
    once: ({ snapshot, of, asked: { at = 0, question, view } }, answer) => {
      if (!isKept(of)) return answer()
      const kept = snapshots.get(snapshot) ?? new Map<string, Kept>()
      snapshots.set(snapshot, kept)
      const key = JSON.stringify([of, question, view])
      const found = kept.get(key)
      if (found !== undefined && at >= found.at && at - found.at < lasting) return found.answer
      const made = answer()
      kept.delete(key)
      kept.set(key, { at, answer: made })
      for (const oldest of kept.keys()) if (kept.size > mostAnswers) kept.delete(oldest)
      return made
    },
  }
}
