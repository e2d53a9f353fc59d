import type { Analyst } from '#analyst/analyst'
import type { Caller } from '#access/caller'
import type { Store } from '#store/store'

/** What an operation that only asks needs: where the engine runs, what time it is (milliseconds since 1970), and who asks. */
export interface Asking {
  readonly analyst: Analyst
  readonly now: () => number
  readonly caller: Caller
}

/** The same for answers that are only passed on: how many bytes one may take. */
export interface AskingInWords extends Asking {
  readonly answerLimit: number
}

/** What every operation may need, as one explicit argument. */
export interface Dependencies extends Asking {
  readonly store: Store
}

/** The same whoever calls: what a process has once, and what parts of operations get along with, whose caller was admitted before. */
export type Means = Omit<Dependencies, 'caller'>
