/**
 * Does a sidecar, a gateway or a waypoint tunnel what it sends to an endpoint?
 *
 * It does where its control plane serves ambient mode and knows the endpoint to take tunnels: by a label of the endpoint, or among the workloads of its
 * config cluster. Classic mutual TLS comes first where the endpoint has it, and a connection that keeps the address that was dialled knows
 * nothing of its endpoint. To a gateway of another network that takes tunnels it goes in one, whatever stands behind. Rules AMB-2, AMB-3, AMB-30, AMB-33, AMB-60, AMB-68, TLS-17.
 */
import { servesAmbient } from '../../istiod/ambient/serves-ambient.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { saysTunnel } from '../../snapshot/workloads/enrolled.js'
import type { Client } from '../call/call.js'
import type { NetworkPath, RouteTarget } from '../call/stage-values.js'
import { keepsOriginalAddress } from '../discovery/original-endpoints.js'

export function tunnelsTo(client: Client, view: ControlPlaneView, target: RouteTarget, path: NetworkPath): boolean {
  const { server, endpoint, passage } = path
  if (passage?.gateway.tunnel !== undefined) return true
  if (client.workload.dataPlane === 'PROXYLESS' || passage !== undefined || server?.takesHbone !== true) return false
  if (endpoint.tlsMode === 'istio' || servesAmbient(view) === undefined || keepsOriginalAddress(client, target)) return false
  return saysTunnel(endpoint.labels) || isIndexed(view, path)
}

/** Workloads that the control plane keeps for ztunnels: of other clusters only where ambient mode spans them, and none of unread namespaces. */
const isIndexed = (view: ControlPlaneView, { server }: NetworkPath): boolean =>
  server !== undefined && server.cluster === view.configCluster?.name && view.selects(server.cluster, server.namespace)
