import { covers } from '../../snapshot/covers.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { type Outcome, stop } from '../call/outcome.js'

/** A listener of the Gateway API would take the host, and opens nothing (GWAPI-19, GWAPI-21, GWAPI-26, GWAPI-29). */
export function closedListener(snapshot: Snapshot, hostname: string, asked: number | undefined): Outcome<never> | undefined {
  for (const plane of snapshot.controlPlanes.keys()) {
    const view = snapshot.view(plane)
    const found = view.closedListeners.find(
      ({ listener }) => (asked === undefined || listener.port === asked) && covers(listener.hostname?.toLowerCase() ?? '*', hostname),
    )
    if (found === undefined) continue
    const { carrier, listener, path, why } = found
    const message = `listener \`${listener.name}\` of ${carrier.kind} \`${carrier.namespace}/${carrier.name}\` opens nothing at port ${listener.port}, as ${why}`
    return stop('NETWORK', { reason: 'GATEWAY_NOT_LISTENING', message, because: [view.ref(carrier, path)] })
  }
  return undefined
}
