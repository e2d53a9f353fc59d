import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Endpoint } from '../endpoints/endpoint.js'
import { ambientNetwork, networkOfEndpoint } from './ambient-network.js'
import { seenByZtunnels } from './seen-by-ztunnels.js'
import { serviceScope } from './service-scope.js'
import { spansNetworks } from './spans-networks.js'
import { tunnelGateways } from './tunnel-gateways.js'

/**
 * What do the rules leave open of where ztunnels find a service across networks? Undefined: nothing.
 *
 * Which of several gateways into a network they are given, and machines, which count once more for each other cluster where the service is `GLOBAL`, whether
 * it has endpoints there or not. Rules AMB-61, AMB-62.
 */
export function whyEndpointsOpen(view: ControlPlaneView, service: MeshService, endpoints: readonly Endpoint[]): string | undefined {
  if (spansNetworks(view) !== 'ON') return undefined
  if (endpoints.some(({ origin }) => origin === 'WORKLOAD_ENTRY') && isGlobalElsewhere(view, service))
    return `WorkloadEntries stand behind \`${service.hostname}\`, which count once more on each other network, where nothing is behind them`
  const away = endpoints.filter((endpoint) => seenByZtunnels(view, service, endpoint) === 'BEHIND_GATEWAY')
  const networks = new Set(away.map((endpoint) => networkOfEndpoint(view, endpoint)))
  const several = [...networks].find((network) => tunnelGateways(view, network).length > 1)
  if (several === undefined) return undefined
  const names = tunnelGateways(view, several).map(({ cluster, tunnel }) => `\`${cluster}/${tunnel?.namespace}/${tunnel?.name}\``)
  return `network \`${several}\` has several gateways that take tunnels (${names.join(', ')}), and which of them ztunnel is given is not known`
}

/** For the control plane itself, and in a cluster of another network too. */
function isGlobalElsewhere(view: ControlPlaneView, service: MeshService): boolean {
  const { scope, others } = serviceScope(view, service)
  const home = ambientNetwork(view, view.configCluster)
  return scope === 'GLOBAL' && [...others].some((name) => ambientNetwork(view, view.snapshot.clusters.get(name)) !== home)
}
