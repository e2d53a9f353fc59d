/**
 * Entrances of gateways at the addresses of their nodes: those that run in the network of the node, and those whose containers ask for ports of it.
 *
 * Which addresses a node has outside is often not told. Rules GW-2, NET-30.
 */
import { mergedServers } from '../../istiod/gateways/merged-servers.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Entrance } from './entrance.js'

/** Is it met at its node, whatever Services lead to it? */
export const isAtNode = ({ hostNetwork, containerPorts }: Workload): boolean =>
  hostNetwork || containerPorts.some(({ hostPort }) => hostPort !== undefined)

export function entrancesAtNode(view: ControlPlaneView, cluster: Cluster, proxy: Workload): readonly Entrance[] {
  const own = { ...metAt(cluster, proxy), cluster, view, proxy: { workload: proxy, alike: [proxy], addresses: [] }, service: undefined }
  const ports = proxy.hostNetwork
    ? [...mergedServers(view, cluster, proxy).at.keys()].map((port) => ({ port, podPort: port }))
    : proxy.containerPorts.flatMap(({ number, hostPort }) => (hostPort === undefined ? [] : [{ port: hostPort, podPort: number }]))
  return ports.map((one) => ({ ...own, ...one }))
}

function metAt(cluster: Cluster, proxy: Workload): Pick<Entrance, 'addresses' | 'because' | 'assumptions'> {
  const node = proxy.nodeName === undefined ? undefined : cluster.resources.nodes.get(proxy.nodeName)
  const told = [...new Set([...(proxy.hostNetwork ? proxy.ips : []), ...(node?.externalIps ?? [])])]
  const because = [proxy.ref]
  if (told.length > 0) return { addresses: told, because, assumptions: [] }
  const name = `\`${proxy.namespace}/${proxy.owner.name}\` of \`${cluster.name}\``
  const message = `gateway ${name} is met at its node, which is taken to have an address that is reached from outside`
  return { addresses: [`node:${cluster.name}`], because, assumptions: [{ code: 'GATEWAY_ADDRESS_ASSUMED', message, because }] }
}
