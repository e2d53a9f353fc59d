/**
 * As what does the server's proxy read what comes: as requests, or as connections? Rules AUTHZ-25, AUTHZ-26, AMB-53, TLS-13.
 */
import { gatewayServersAt } from '../../istiod/gateways/gateway-servers.js'
import { routingKind, serversFor } from '../../istiod/gateways/servers-for.js'
import { inboundProtocol } from '../../istiod/inbound/inbound-protocol.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { ResolvedCall } from '../call/call.js'
import type { NetworkPath, RouteTarget, Transported } from '../call/stage-values.js'
import type { PolicyRequest } from './policy-request.js'

/** Where a call comes in; `target` undefined: past the mesh. */
export interface At {
  readonly view: ControlPlaneView
  readonly server: Workload
  readonly target: RouteTarget | undefined
}

/** Which forms of the policies may apply: a detected port has both, and what is spoken chooses where it is known (AUTHZ-25, AUTHZ-26). */
export function chainsOf(call: ResolvedCall, transported: Transported, { view, server, target }: At): readonly PolicyRequest['chain'][] {
  if (server.dataPlane === 'AMBIENT') return ['ZTUNNEL']
  if (server.dataPlane === 'WAYPOINT') return waypointChains(call, target)
  if (server.dataPlane === 'PROXYLESS') return ['HTTP']
  const cluster = call.client.snapshot.clusters.get(server.cluster)
  const listening = server.dataPlane === 'GATEWAY' && cluster !== undefined ? gatewayChains(call, view, cluster, transported.path) : []
  if (listening.length > 0) return listening
  if (transported.protocol === 'OTHER_TLS') return ['TCP']
  const protocol = cluster === undefined ? 'AUTO' : inboundProtocol(view, cluster, server, transported.path.serverPort)
  if (protocol === 'HTTP') return ['HTTP']
  if (protocol !== 'AUTO') return ['TCP']
  return detectedChains(call, transported, target)
}

/** By the protocol of the service's port, and of an undeclared one by what is spoken (AMB-53). */
export function waypointChains({ attributes }: ResolvedCall, target: RouteTarget | undefined): readonly PolicyRequest['chain'][] {
  const declared = target?.port.protocol
  if (declared !== undefined && declared !== 'AUTO') return [declared === 'HTTP' ? 'HTTP' : 'TCP']
  const { protocol: spoken } = attributes
  return spoken === undefined ? ['HTTP', 'TCP'] : [spoken === 'HTTP' ? 'HTTP' : 'TCP']
}

/** A gateway reads what its servers say, whatever its Service declares, and what it ends the TLS of (TLS-13, AUTHZ-25). */
export function gatewayChains(
  { host }: ResolvedCall,
  view: ControlPlaneView,
  cluster: Cluster,
  { server, serverPort }: Pick<NetworkPath, 'server' | 'serverPort'>,
): readonly PolicyRequest['chain'][] {
  const all = server === undefined ? [] : gatewayServersAt(view, cluster, server, serverPort)
  const taking = serversFor(all, host)
  return [...new Set((taking.length > 0 ? taking : all).map((bound) => (routingKind(bound.server) === 'http' ? 'HTTP' : 'TCP')))]
}

/** Inside mutual TLS the server's proxy detects nothing: the client's says by ALPN for what it took the connection. */
function detectedChains({ attributes }: ResolvedCall, transported: Transported, target: RouteTarget | undefined) {
  const declared = target?.port.protocol
  const tunnelled = transported.protocol === 'ISTIO_MUTUAL' && (declared === 'TCP' || declared === 'TLS')
  const spoken = tunnelled ? 'TCP' : attributes.protocol
  if (spoken === undefined) return ['HTTP', 'TCP'] as const
  return spoken === 'HTTP' ? (['HTTP'] as const) : (['TCP'] as const)
}
