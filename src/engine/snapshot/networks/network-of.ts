import { parseCidr } from './cidr.js'
import { labelsNetworks } from '../releases.js'
import type { Cluster, ControlPlane, ControlPlaneView } from '../snapshot.js'

const networkKey = 'topology.istio.io/network'

/**
 * Network of a pod or of an EndpointSlice's address in one control plane's eyes.
 *
 * Rules NET-1, NET-2: the pod's label; the label on the namespace named like this control plane's system namespace;
 * `fromRegistry`; the widest `fromCidr`; none. What the header states of a cluster stands where its label would.
 */
export const networkOfEndpoints = (controlPlane: ControlPlane, clusters: ReadonlyMap<string, Cluster>): ControlPlaneView['networkOf'] => {
  const { networks } = controlPlane.meshNetworks
  const registries = new Map(
    networks.flatMap((network) => network.fromRegistry.map((cluster) => [cluster, network.name] as const)).reverse(),
  )
  const cidrs = networks
    .flatMap((network) => network.fromCidr.flatMap((text) => ({ name: network.name, cidr: parseCidr(text) })))
    .flatMap(({ name, cidr }) => (cidr === undefined ? [] : [{ name, cidr }]))
    .sort((a, b) => a.cidr.prefix - b.cidr.prefix)
  const byLabel = labelsNetworks(controlPlane)
  const labelled = (cluster: Cluster | undefined): string => {
    if (cluster?.network.provenance === 'STATED') return cluster.network.value ?? ''
    return cluster?.resources.namespaces.get(controlPlane.systemNamespace)?.meta.labels[networkKey] ?? ''
  }
  const ofCluster = new Map<string, string>()
  const clusterNetwork = (name: string): string => {
    const known = ofCluster.get(name)
    if (known !== undefined) return known
    const network = (byLabel ? labelled(clusters.get(name)) : '') || registries.get(name) || ''
    ofCluster.set(name, network)
    return network
  }
  return (cluster, address, networkLabel) => {
    if (byLabel && networkLabel !== '') return networkLabel
    const network = clusterNetwork(cluster)
    if (network !== '' || address === undefined || cidrs.length === 0) return network
    return cidrs.find(({ cidr }) => cidr.contains(address))?.name ?? ''
  }
}
