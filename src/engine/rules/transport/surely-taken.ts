import { isCaptured } from '../../analysis/transport/is-captured.js'
import { isMutualTlsCapable } from '../../istiod/inbound/is-mutual-tls-capable.js'
import { mutualTlsMode, namespaceMutualTlsMode } from '../../istiod/inbound/mutual-tls-mode.js'
import type { RuleInForce } from '../../istiod/destination-rules/rule-in-force.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'

/**
 * Is it plain, without asking the stages, that the server takes what automatic mutual TLS sends? Nearly everywhere it is, in a large mesh a hundred
 * thousand times: the endpoint is asked for by itself, and its proxy takes mutual TLS. Only a yes counts (TLS-6, TLS-11).
 */
export function isSurelyTaken(
  view: ControlPlaneView,
  service: MeshService,
  port: MeshPort,
  rule: RuleInForce | undefined,
  endpoint: Endpoint,
): boolean {
  const { workload } = endpoint
  if (rule !== undefined || workload?.dataPlane !== 'SIDECAR' || workload.controlPlane === undefined) return false
  if (service.resolution !== 'EDS' || service.meshExternal || !view.controlPlane.meshConfig.enableAutoMtls) return false
  if (namespaceMutualTlsMode(view, service.namespace).mode === 'DISABLE' || !isCaptured(workload, endpoint.port)) return false
  const server = view.snapshot.view(workload.controlPlane)
  const taken =
    server.configCluster !== undefined && mutualTlsMode(server, workload.namespace, workload.labels, endpoint.port).mode !== 'DISABLE'
  return taken && isMutualTlsCapable(view, rule, service, port, '', endpoint).capable
}
