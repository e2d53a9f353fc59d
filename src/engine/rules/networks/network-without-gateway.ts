import { labelledGateways } from '../../analysis/network/passage/labelled-gateways.js'
import { headerRef } from '../../snapshot/references.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { hasUsableGateway, isReachedDirectly, networksOffered, offeredAcross } from './offered-across.js'

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
      for (const network of networksOffered(view)) {
        const [first] = offeredAcross(view, network)
        if (first === undefined || hasUsableGateway(view, network) || told.has(network) || mayHaveGateway(snapshot, network)) continue
        // Of one that is labelled and cannot be used, that itself is told.
        if (labelledGateways(view, network).length > 0 || isReachedDirectly(snapshot, view, network)) continue
        told.add(network)
        yield {
          on: headerRef('Network', network),
          message: `control plane \`${name}\` knows endpoints of cluster \`${first.cluster.name}\` on network \`${network}\`, but no gateway address into it: clients on other networks are given pod addresses that they cannot reach`,
        }
      }
    }
  },
}
