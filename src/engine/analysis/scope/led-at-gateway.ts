import { chainName } from '../../istiod/gateways/chain-names.js'
import type { BoundServer } from '../../istiod/gateways/merged-servers.js'
import { redirectedOver, redirects } from '../../istiod/gateways/redirects.js'
import { routingKind } from '../../istiod/gateways/servers-for.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { ResolvedCall } from '../call/call.js'
import { serversAsked } from './servers-asked.js'

/**
 * The server that does something with what comes for a host of no route. Connections: one in plaintext leads every name on, one that passes TLS on goes
 * by the server names that routes ask for, one that ends TLS by its own hosts (ROUTE-9). Requests: one that redirects those for its hosts (ROUTE-7).
 */
export function ledAtGateway(call: ResolvedCall, { view }: ProxyScope, hostname: string, asked: number): BoundServer | undefined {
  const nameOf = chainName(view, call.client.workload.namespace, hostname)
  return serversAsked(call, view, asked).standing.find((bound) =>
    isForConnections(bound) ? nameOf(bound) !== undefined : redirects(bound.server) && redirectedOver(bound.server, hostname).length > 0,
  )
}

function isForConnections({ server }: BoundServer): boolean {
  const kind = routingKind(server)
  return kind === 'tls' || kind === 'tcp'
}
