import { chainsOf } from '../authorization/chains-of.js'
import type { ResolvedCall } from '../call/call.js'
import { type Outcome, stop } from '../call/outcome.js'
import type { RouteTarget, Transported } from '../call/stage-values.js'
import { whyUnread } from '../call/why-unread.js'

/** What is taken, unless the server's proxy reads requests and knows no such method (TLS-12, AUTHZ-25). */
export function refuseMethod(call: ResolvedCall, target: RouteTarget | undefined, outcome: Outcome<Transported>): Outcome<Transported> {
  const why = whyUnread(call.attributes.method)
  if (why === undefined || !outcome.passed || !outcome.value.serverProxied) return outcome
  const { server } = outcome.value.path
  if (server?.controlPlane === undefined) return outcome
  const view = call.client.snapshot.view(server.controlPlane)
  const chains = chainsOf(call, outcome.value, { view, server, target })
  if (chains.length === 0 || chains.some((chain) => chain !== 'HTTP')) return outcome
  const message = `the proxy of \`${server.owner.name}\` reads requests, and ${why}`
  return stop('TRANSPORT', { reason: 'PROTOCOL_REJECTED', message, because: [server.ref] }, outcome.assumptions)
}
