import type { Cluster, ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import { headerRef } from '../../snapshot/references.js'
import type { Breach, Rule } from '../rule.js'

/** Networks that this control plane hands endpoints of to clients on others, with a cluster that stands in each. */
const offeredAcross = (view: ControlPlaneView): Cluster[] => {
  const byNetwork = new Map<string, Cluster>()
  for (const cluster of view.clusters) if (cluster.network.value !== undefined) byNetwork.set(cluster.network.value, cluster)
  return byNetwork.size < 2 ? [] : [...byNetwork.values()]
}

const isReachedDirectly = (snapshot: Snapshot, view: ControlPlaneView, network: string): boolean =>
  view.clusters.every((other) => other.network.value === undefined || snapshot.routable(other.network.value, network))

/** A gateway is a Service: where some could not be read, there may be one. */
const mayHaveGateway = ({ clusters }: Snapshot, network: string): boolean =>
  [...clusters.values()].some((cluster) => cluster.network.value === network && cluster.unread.some(({ names }) => names.has('services')))

export const networkWithoutGateway: Rule = {
  code: 'NET101',
  name: 'network-without-gateway',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary: 'Endpoints on this network are offered to clients on other networks, but it has no usable gateway (NET-7, NET-10).',
  *check(snapshot): Iterable<Breach> {
    const told = new Set<string>()
    for (const name of snapshot.controlPlanes.keys()) {
      const view = snapshot.view(name)
      for (const cluster of offeredAcross(view)) {
        const network = cluster.network.value ?? ''
        const usable = view.gateways.get(network)?.some((gateway) => gateway.port > 0) ?? false
        if (usable || told.has(network) || mayHaveGateway(snapshot, network) || isReachedDirectly(snapshot, view, network)) continue
        told.add(network)
        yield {
          on: headerRef('Network', network),
          message: `control plane \`${name}\` knows endpoints of cluster \`${cluster.name}\` on network \`${network}\`, but no gateway address into it: clients on other networks are given pod addresses that they cannot reach`,
        }
      }
    }
  },
}
