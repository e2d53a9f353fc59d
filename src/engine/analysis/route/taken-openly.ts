import type { Listened } from '../../istiod/scope/listened-at.js'
import { openListener } from '../../istiod/scope/open-listener.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { ResolvedCall } from '../call/call.js'
import type { Outcome } from '../call/outcome.js'
import type { Named, Routed } from '../call/stage-values.js'
import { addressesFor } from '../name/name-table.js'
import { captured } from './captured.js'
import { firstAtAddress } from './first-at-address.js'
import { takenByWildcard } from './taken-by-wildcard.js'
import { wildcardListener } from './wildcard-listener.js'

/** What no listener takes for the service goes to one on every address, if there is one (ROUTE-31). */
export function takenAnyway(call: ResolvedCall, named: Named, scope: ProxyScope, port: number): Outcome<Routed> | undefined {
  const taker = takenByWildcard(call, named, scope, port)
  return taker && captured(call, named, scope, taker)
}

/** Addresses decide before bytes do: a request to another service's block is none of those that are listened for on every address (ROUTE-31). */
export function takenInBlock(call: ResolvedCall, named: Named, scope: ProxyScope, port: number): Outcome<Routed> | undefined {
  const taker = wildcardListener(scope, call.client, port, named.addresses)
  return taker?.block === undefined ? undefined : captured(call, named, scope, taker)
}

/** Of services that share an address the first has all connections, by its own routes (DNS-16, ROUTE-31). */
export function takenAtAddress(
  call: ResolvedCall,
  named: Named,
  scope: ProxyScope,
  record: MeshService,
  port: MeshPort,
): Outcome<Routed> | undefined {
  const first = firstAtAddress(scope, call.client.workload.cluster, addressesFor(call.client, record), { record, port })
  if (first.record === record) return undefined
  const because = [record.ref, first.record.ref]
  return captured(call, named, scope, {
    service: first.record,
    port: first.port,
    how: 'has the same address, comes first and takes all of',
    because,
  })
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
