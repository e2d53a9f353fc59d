/**
 * What stands at an address? Services by their load balancer, external, cluster and node addresses, in every cluster of the document.
 *
 * ServiceEntries and meshNetworks name gateways by bare addresses; this leads back from the address to the object. Built once per snapshot.
 */
import type { GatewayHeader } from '../../model/topology/gateway-header.js'
import type { Service } from '../../resources/kubernetes/service.js'
import { gatewayAddressesOf } from '../../snapshot/networks/gateway-addresses.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { remembered } from '../../remembered.js'

/** A Service that answers at an address. A ClusterIP does so only inside its own cluster. */
export interface Holder {
  readonly cluster: Cluster
  readonly service: Service
  readonly kind: 'EXTERNAL' | 'CLUSTER_IP'
}

interface AddressIndex {
  readonly holders: ReadonlyMap<string, readonly Holder[]>
  readonly nodes: ReadonlyMap<string, readonly Cluster[]>
  /** Load balancers by the address that they ask for, and that their status does not give them. */
  readonly refused: ReadonlyMap<string, Holder>
  readonly stated: ReadonlyMap<string, GatewayHeader>
}

function addTo<T>(map: Map<string, T[]>, key: string, value: T): void {
  const filed = map.get(key)
  if (filed === undefined) map.set(key, [value])
  else filed.push(value)
}

const indexOf = remembered((snapshot: Snapshot): AddressIndex => {
  const holders = new Map<string, Holder[]>()
  const nodes = new Map<string, Cluster[]>()
  const refused = new Map<string, Holder>()
  for (const cluster of snapshot.clusters.values()) {
    for (const services of cluster.resources.services.values()) {
      for (const service of services) {
        for (const address of service.clusterIps) addTo(holders, address, { cluster, service, kind: 'CLUSTER_IP' })
        // What stands for an address that is not given is one: names may lead there.
        const assumed = gatewayAddressesOf(cluster, service).filter((one) => one.assumed)
        const external = new Set([...service.ingressAddresses, ...service.externalIps, ...assumed.map(({ address }) => address)])
        const asked = service.type === 'LoadBalancer' ? service.loadBalancerIp : undefined
        if (asked !== undefined && !external.has(asked)) refused.set(asked, { cluster, service, kind: 'EXTERNAL' })
        for (const address of external) addTo(holders, address, { cluster, service, kind: 'EXTERNAL' })
      }
    }
    for (const node of cluster.resources.nodes.values()) for (const ip of node.externalIps) addTo(nodes, ip, cluster)
  }
  const stated = new Map(snapshot.statedGateways.flatMap((gateway) => gateway.addresses.map((address) => [address, gateway] as const)))
  return { holders, nodes, refused, stated }
})

/** Services at the address: the asking cluster's own first, then addresses that the outside can reach. */
export function holdersOf(snapshot: Snapshot, address: string, from: string): readonly Holder[] {
  const holders = indexOf(snapshot).holders.get(address) ?? []
  const rank = ({ cluster, kind }: Holder): number => (cluster.name === from ? 0 : kind === 'EXTERNAL' ? 1 : 2)
  return holders.length < 2 ? holders : [...holders].sort((a, b) => rank(a) - rank(b))
}

/** The gateway that the document states at the address. */
export const statedGatewayAt = (snapshot: Snapshot, address: string): GatewayHeader | undefined => indexOf(snapshot).stated.get(address)

/** The load balancer that asks for the address and has not got it. */
export const refusedHolder = (snapshot: Snapshot, address: string): Holder | undefined => indexOf(snapshot).refused.get(address)

/** The Service behind a node's address and port. */
export function nodePortHolder(snapshot: Snapshot, address: string, port: number): Holder | undefined {
  for (const cluster of indexOf(snapshot).nodes.get(address) ?? []) {
    for (const services of cluster.resources.services.values()) {
      const service = services.find(({ ports }) => ports.some(({ nodePort }) => nodePort === port))
      if (service !== undefined) return { cluster, service, kind: 'EXTERNAL' }
    }
  }
  return undefined
}
