import { flatMap } from '../../flat-map.js'
import { isRaw } from '../../resources/reading.js'
import type { Service } from '../../resources/kubernetes/service.js'
import { labelsInclude } from '../label-selector.js'
import type { Cluster } from '../snapshot.js'

/** An address at which a gateway's Service is met from outside its cluster. */
export interface GatewayAddress {
  readonly address: string
  /** Met at the node port instead of the Service port. */
  readonly nodePort: boolean
  readonly assumed: boolean
}

const nodeSelectorKey = 'traffic.istio.io/nodeSelector'

/** The wanted node labels of the annotation; undefined when it is absent or not readable. */
const nodeSelectorOf = (service: Service): Readonly<Record<string, string>> | undefined => {
  const text = service.meta.annotations[nodeSelectorKey]
  if (text === undefined || service.type !== 'NodePort') return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isRaw(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)])) : undefined
  } catch {
    return undefined
  }
}

/** Only the first external address of a node counts. */
const nodeAddresses = (cluster: Cluster, selector: Readonly<Record<string, string>>): readonly string[] =>
  flatMap(
    [...cluster.resources.nodes.values()].filter((node) => labelsInclude(node.meta.labels, selector)),
    (node) => node.externalIps[0] ?? [],
  )

/** It has no address yet, and a cluster that is only declared will give it one. */
const isPending = (cluster: Cluster, service: Service): boolean =>
  service.type === 'LoadBalancer' && !cluster.observed && service.ingressAddresses.length === 0

/**
 * The address that a load balancer asks for, and is taken to get, where no status says what it got: an absent one is unknown, also in a
 * live cluster, an empty one is none there.
 */
export const requestedAddress = (cluster: Cluster, service: Service): string | undefined =>
  service.type === 'LoadBalancer' && service.ingressAddresses.length === 0 && !(cluster.observed && service.hasStatus)
    ? service.loadBalancerIp
    : undefined

/** Stands for an address that is not given: nobody has it, and no block of addresses holds it. */
export const assumedAddress = (cluster: string, { namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  `assumed:${cluster}/${namespace}/${name}`

export const isAssumedAddress = (address: string): boolean => address.startsWith('assumed:')

/**
 * Where a gateway's Service is met. Rule NET-7: external IPs, load balancer addresses, annotated node addresses.
 *
 * Nothing for a ClusterIP or a pending load balancer: no gateway, which is not the same as a gateway that is down. In a
 * cluster that is only declared, a load balancer is taken to get an address: the one it asks for, else `assumed:cluster/namespace/name`.
 */
export const gatewayAddressesOf = (cluster: Cluster, service: Service): readonly GatewayAddress[] => {
  const selector = nodeSelectorOf(service)
  const nodePort = selector !== undefined
  const told = [...new Set([...service.ingressAddresses, ...service.externalIps])]
  if (told.length > 0) return told.map((address) => ({ address, nodePort, assumed: false }))
  if (selector !== undefined) return nodeAddresses(cluster, selector).map((address) => ({ address, nodePort, assumed: false }))
  const requested = requestedAddress(cluster, service)
  if (requested !== undefined) return [{ address: requested, nodePort: false, assumed: true }]
  if (!isPending(cluster, service)) return []
  return [{ address: assumedAddress(cluster.name, service.meta), nodePort: false, assumed: true }]
}
