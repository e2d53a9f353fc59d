import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ResolvedCall } from '../call/call.js'
import type { Named } from '../call/stage-values.js'
import { takenAt } from './listeners/taken-at.js'
import { type Taker, takerBy } from './listeners/taker.js'
import { originalProtocol } from './ports-of.js'

/**
 * Whose listener takes a connection that none takes for the service which is called, or that goes to somewhere the proxy does not know.
 *
 * Where the proxy listens for HTTP on the port too, requests find the virtual hosts of that, and are passed on or refused there; else their bytes
 * are like any others. What goes to a block of addresses is told by that before it is read. Rules DNS-16, ROUTE-30, ROUTE-31.
 */
export function takenByWildcard(
  { client, attributes }: ResolvedCall,
  named: Named,
  scope: ProxyScope,
  port: number,
  service?: MeshService,
): Taker | undefined {
  const [address] = named.addresses
  const declared = attributes.protocol ?? originalProtocol(client, named, port)
  // Of a service that the proxy knows each way is asked for, requests first.
  const undeclared = service !== undefined || scope.outboundMode === 'REGISTRY_ONLY' ? 'HTTP' : 'TCP'
  const spoken = declared === 'AUTO' ? undeclared : declared === 'UDP' ? 'TCP' : declared
  const chain = takenAt(scope, { client, address, port, spoken, name: named.hostname })
  return chain === undefined || chain.kind === 'HTTP' ? undefined : takerBy(scope, chain, address)
}
