import type { Client } from '../call/call.js'
import { goOn, lookingAt, type Outcome } from '../call/outcome.js'
import type { NetworkPath, Transported } from '../call/stage-values.js'

/** The application takes what it sends to its own address itself: no proxy wraps it, and none asks for mutual TLS (ROUTE-33). */
export function withinPod({ workload }: Client, path: NetworkPath): Outcome<Transported> {
  const value: Transported = { path, protocol: 'PLAINTEXT', serverProxied: false, tunnel: false }
  const message = 'the connection stays in the pod, whose proxy does not see it'
  return lookingAt(goOn('TRANSPORT', value, { reason: 'PLAINTEXT_ACCEPTED', message, because: [workload.ref] }), ['SERVER_ITSELF'])
}
