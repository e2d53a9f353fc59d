import { listensForRequests } from '../../istiod/scope/routed-by.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { ResolvedCall } from '../call/call.js'
import type { Named } from '../call/stage-values.js'
import { originalProtocol } from './ports-of.js'
import { type Taker, wildcardListener } from './wildcard-listener.js'

/**
 * The service whose listener takes a connection to somewhere that the proxy does not know.
 *
 * Where the proxy listens for HTTP on the port too, requests find the virtual hosts of that, and are passed on or refused there; else their bytes
 * are like any others. What goes to a block of addresses is told by that before it is read. Rules DNS-16, ROUTE-30, ROUTE-31.
 */
export function takenByWildcard({ client, attributes }: ResolvedCall, named: Named, scope: ProxyScope, port: number): Taker | undefined {
  const taker = wildcardListener(scope, client, port, named.addresses)
  if (taker?.block !== undefined) return taker
  const protocol = attributes.protocol ?? originalProtocol(client, named, port)
  const mayBeRequest = protocol === 'HTTP' || (protocol === 'AUTO' && scope.outboundMode === 'REGISTRY_ONLY')
  return mayBeRequest && listensForRequests(scope, port) ? undefined : taker
}
