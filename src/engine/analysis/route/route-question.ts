import type { ResolvedCall } from '../call/call.js'
import type { InScope, Named } from '../call/stage-values.js'

/** What routes may look at: the call, what its name resolved to, and what the client's proxy has of it. */
export interface RouteQuestion extends InScope {
  readonly call: ResolvedCall
  readonly named: Named
}
