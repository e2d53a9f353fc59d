import { chainName } from '../../istiod/gateways/chain-names.js'
import type { BoundServer } from '../../istiod/gateways/merged-servers.js'
import { routingKind } from '../../istiod/gateways/servers-for.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { ResolvedCall } from '../call/call.js'
import { serversAsked } from './servers-asked.js'

/**
 * The server that leads a connection on whose name is the host of no route: one in plaintext leads every name on, one that passes TLS on goes by the
 * server names that routes ask for, one that ends TLS by its own hosts (ROUTE-9).
 */
export function ledAtGateway(call: ResolvedCall, { view }: ProxyScope, hostname: string, asked: number): BoundServer | undefined {
  const nameOf = chainName(view, call.client.workload.namespace, hostname)
  return serversAsked(call, view, asked).standing.find((bound) => isForConnections(bound) && nameOf(bound) !== undefined)
}

function isForConnections({ server }: BoundServer): boolean {
  const kind = routingKind(server)
  return kind === 'tls' || kind === 'tcp'
}
