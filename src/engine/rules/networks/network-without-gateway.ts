import { labelledGateways } from '../../analysis/network/passage/labelled-gateways.js'
import { ambientNetwork } from '../../istiod/ambient/ambient-network.js'
import { spansNetworks } from '../../istiod/ambient/spans-networks.js'
import { tunnelGateways } from '../../istiod/ambient/tunnel-gateways.js'
import { headerRef } from '../../snapshot/references.js'
import { remembered } from '../../remembered.js'
import type { ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { entriesOnNetworks } from './entries-on-networks.js'
import { hasUsableGateway, isReachedDirectly, networksOffered, offeredAcross } from './offered-across.js'

/** A gateway is a Service: where some could not be read, there may be one. */
const mayHaveGateways = remembered(
  ({ clusters }: Snapshot): ReadonlySet<string> =>
    new Set(
      [...clusters.values()].flatMap(({ network, unread }) =>
        network.value !== undefined && unread.some(({ names }) => names.has('services')) ? [network.value] : [],
      ),
    ),
)

/** What the control plane knows there, as a sentence names it: endpoints of a cluster, or one that somebody wrote. */
function knownOn(view: ControlPlaneView, network: string): string | undefined {
  const [first] = offeredAcross(view, network)
  if (first !== undefined) return `endpoints of cluster \`${first.cluster.name}\``
  const entry = entriesOnNetworks(view).get(network)
  return entry === undefined ? undefined : `an endpoint of ${entry}`
}

/** Where ambient mode spans networks, by gateways for tunnels; its own network is entered by those of other control planes. */
const isEnteredInTunnels = (view: ControlPlaneView, network: string): boolean =>
  spansNetworks(view) === 'ON' && (ambientNetwork(view, view.configCluster) === network || tunnelGateways(view, network).length > 0)

function isShut(snapshot: Snapshot, view: ControlPlaneView, network: string): boolean {
  if (hasUsableGateway(view, network) || mayHaveGateways(snapshot).has(network)) return false
  if (isEnteredInTunnels(view, network)) return false
  // Of one that is labelled and cannot be used, that itself is told.
  return labelledGateways(view, network).length === 0 && !isReachedDirectly(snapshot, view, network)
}

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
      for (const network of new Set([...networksOffered(view), ...entriesOnNetworks(view).keys()])) {
        const known = told.has(network) || !isShut(snapshot, view, network) ? undefined : knownOn(view, network)
        if (known === undefined) continue
        told.add(network)
        const message = `control plane \`${name}\` knows ${known} on network \`${network}\`, but no gateway address into it: clients on other networks are given addresses that they cannot reach; label an east-west gateway for it, or say \`routableTo\``
        yield { on: headerRef('Network', network), message }
      }
    }
  },
}
