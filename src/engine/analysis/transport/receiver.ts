import type { ResourceRef } from '../../model/resource-ref.js'
import type { Assumption } from '../../model/step.js'
import type { Protocol } from '../../resources/kubernetes/protocol.js'
import type { Expectation } from './acceptance.js'

/** What the server expects at this port, the port's protocol in its eyes, and why. */
export interface Receiver {
  readonly expected: Expectation
  readonly protocol: Protocol
  readonly message: string
  readonly because: readonly ResourceRef[]
  /** Who declares the port's protocol; undefined: nobody. */
  readonly declarer?: ResourceRef | undefined
  readonly assumptions?: readonly Assumption[]
}
