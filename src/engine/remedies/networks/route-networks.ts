import { physicalNetwork } from '../../analysis/packets/physical-network.js'
import type { TopologyHeader } from '../../model/topology-document.js'
import { serverOf } from '../servers-of.js'
import { type Propose, stateFact } from '../proposal.js'
import { failedFor } from '../situation.js'

/** A pod IP is dialled on a network that packets do not get to: a route between the two networks. Rules NET-37, NET-38. */
export const routeNetworks: Propose = (situation) => {
  const { snapshot, clients } = situation
  const [client] = clients
  const [path] = failedFor(situation, 'CROSS_NETWORK_WITHOUT_GATEWAY')
  const server = path === undefined ? undefined : serverOf(snapshot, path)
  if (client === undefined || server === undefined) return []
  const from = physicalNetwork(client.workload, client.cluster)
  const to = physicalNetwork(server, snapshot.clusters.get(server.cluster))
  const summary = `broader: route pod IPs of network \`${to}\` from network \`${from}\` (peering, VPN or the like); to ask again, state \`routableTo: [${to}]\` of \`${from}\` in the document`
  return from === '' || to === '' ? [] : [{ ...stateFact(summary, null, routing(from, to)), isWeaker: true }]
}

const routing =
  (from: string, to: string) =>
  (header: TopologyHeader): TopologyHeader => {
    const networks = header.networks ?? []
    const known = networks.some(({ name }) => name === from)
    const extended = networks.map((network) =>
      network.name === from ? { ...network, routableTo: [...(network.routableTo ?? []), to] } : network,
    )
    return { ...header, networks: known ? extended : [...networks, { name: from, routableTo: [to] }] }
  }
