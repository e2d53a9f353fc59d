import { listensForRequests } from '../../../istiod/scope/routed-by.js'
import type { ResolvedCall } from '../../call/call.js'
import { type Outcome, stop } from '../../call/outcome.js'
import type { InScope, Routed } from '../../call/stage-values.js'
import { whyUnread } from '../../call/why-unread.js'

/** The route, unless the client's proxy reads requests on the way there, and knows no such method. Past a listener for requests it reads none (ROUTE-10, ROUTE-35). */
export function refuseMethod({ client, attributes }: ResolvedCall, { scope }: InScope, outcome: Outcome<Routed>): Outcome<Routed> {
  const why = whyUnread(attributes.method)
  if (why === undefined || scope === undefined || !outcome.passed || attributes.protocol !== 'HTTP') return outcome
  const { mode, protocol, port } = outcome.value
  const isDetected = protocol === 'AUTO' && client.workload.dataPlane === 'SIDECAR'
  const reads = mode === 'MESH' ? protocol === 'HTTP' || isDetected : mode === 'PASSTHROUGH' && listensForRequests(scope, port)
  if (!reads) return outcome
  const message = `the proxy of \`${client.workload.owner.name}\` reads requests at port ${port}, and ${why}`
  return stop('ROUTE', { reason: 'PROTOCOL_REJECTED', message, because: [client.workload.ref] }, outcome.assumptions)
}
