import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Endpoint } from '../endpoints/endpoint.js'
import { ambientNetwork, networkOfEndpoint } from './ambient-network.js'
import { serviceScope } from './service-scope.js'
import { spansNetworks } from './spans-networks.js'

export type Sight =
  /** One by one. */
  | 'ITSELF'
  /** As one, with all of its network (AMB-64). */
  | 'BEHIND_GATEWAY'
  /** In another cluster, of which ztunnels are told nothing. */
  | 'OTHER_CLUSTER'
  /** Their own Service is not `GLOBAL`. */
  | 'NOT_GLOBAL'

/**
 * How are ztunnels told of an endpoint of the service?
 *
 * Those of the config cluster, and of clusters whose own Service is `GLOBAL`; on another network only where the service is `GLOBAL` for the control plane too.
 * Rules AMB-60, AMB-63, AMB-64.
 */
export function seenByZtunnels(view: ControlPlaneView, service: MeshService, endpoint: Endpoint): Sight {
  const home = view.configCluster
  const cluster = endpoint.workload?.cluster ?? endpoint.cluster
  const isHome = cluster === '' || cluster === home?.name
  if (spansNetworks(view) !== 'ON') return isHome ? 'ITSELF' : 'OTHER_CLUSTER'
  const { scope, others } = serviceScope(view, service)
  if (!isHome && !others.has(cluster)) return 'NOT_GLOBAL'
  if (networkOfEndpoint(view, endpoint) === ambientNetwork(view, home)) return 'ITSELF'
  return scope === 'GLOBAL' ? 'BEHIND_GATEWAY' : 'NOT_GLOBAL'
}
