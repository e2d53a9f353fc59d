import type { Listened } from '../../istiod/scope/listened-at.js'
import { openListener } from '../../istiod/scope/open-listener.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ResolvedCall } from '../call/call.js'
import type { Outcome } from '../call/outcome.js'
import type { Named, Routed } from '../call/stage-values.js'
import { addressesFor } from '../name/name-table.js'
import { captured } from './captured.js'
import { takenByWildcard } from './taken-by-wildcard.js'

/** What no listener takes for the service, if it is for one, goes to one on every address, if there is one (ROUTE-31). */
export function takenAnyway(
  call: ResolvedCall,
  named: Named,
  scope: ProxyScope,
  port: number,
  service?: MeshService,
): Outcome<Routed> | undefined {
  const taker = takenByWildcard(call, named, scope, port, service)
  return taker && captured(call, named, scope, taker)
}

/**
 * A listener that a Sidecar binds to every address takes whatever is not dialled at an address that the proxy listens on by itself, and is no request
 * where requests are listened for (VIS-42).
 */
export function takenOpenly(
  call: ResolvedCall,
  named: Named,
  scope: ProxyScope,
  heard: readonly Listened[],
  port: number,
): Outcome<Routed> | undefined {
  const open = openListener(scope, port)
  if (open === undefined) return undefined
  const isApart = ({ listener, port: { protocol }, record }: Listened): boolean =>
    listener !== open.listener &&
    protocol !== 'HTTP' &&
    (record.headless || addressesFor(call.client, record).some((address) => named.addresses.includes(address)))
  return heard.some(isApart) ? undefined : takenAnyway(call, named, scope, port)
}
