import type { Analyst } from '#analyst/analyst'
import type { Store } from '#store/store'

/** What an operation that only asks needs: where the engine runs, and what time it is (milliseconds since 1970). */
export interface Asking {
  readonly analyst: Analyst
  readonly now: () => number
}

/** What every operation may need, as one explicit argument. */
export interface Dependencies extends Asking {
  readonly store: Store
}
