import type { Outcome } from '../call/outcome.js'
import type { Discovered, Dropped } from '../call/stage-values.js'

/** What a client has of a target's endpoints. */
export interface Discovery {
  readonly outcome: Outcome<Discovered>
  /** Endpoints that the client is not given, each with its reason. */
  readonly dropped: readonly Dropped[]
}
