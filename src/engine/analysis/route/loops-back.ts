import { isLoopback } from '../../istiod/matching/ip-family.js'
import { sparesLoopback } from '../../snapshot/releases.js'
import type { Client } from '../call/call.js'
import { type Outcome, stop } from '../call/outcome.js'
import type { Named, Routed } from '../call/stage-values.js'

/** Traffic rules of old releases handed everything but 127.0.0.1 to the proxy; those since 1.4 hand it nothing that goes by the loopback device. */
export const staysInPod = ({ view }: Client, { resolvedBy, addresses }: Named): boolean =>
  resolvedBy !== 'LITERAL' &&
  addresses.length > 0 &&
  addresses.every(isLoopback) &&
  (view === undefined || sparesLoopback(view.controlPlane))

/** Connections to such an address never leave the pod: they are not even handed to the proxy, and the application is none of those that are meant (ROUTE-33). */
export function loopsBack({ hostname, addresses }: Named, port: number): Outcome<Routed> {
  const message = `\`${hostname}\` is dialled at \`${addresses[0]}\`, an address of the caller itself, and nothing of \`${hostname}\` listens there on port ${port}`
  return stop('ROUTE', { reason: 'NOT_LISTENING', message, because: [] })
}
