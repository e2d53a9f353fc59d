import type { ResolvedCall } from './call/call.js'
import type { Outcome } from './call/outcome.js'
import type { Named, Routed } from './call/stage-values.js'

/** What the client's proxy makes of a call to one port. */
export interface PortRoute {
  readonly named: Named
  readonly port: number
  /** With what is sent on the port. */
  readonly call: ResolvedCall
  readonly outcome: Outcome<Routed>
}
