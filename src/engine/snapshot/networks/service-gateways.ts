import { addAll } from '../../add-all.js'
import { pause } from '../../pause.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { GatewayHeader } from '../../model/topology/gateway-header.js'
import type { Service, ServicePort } from '../../resources/kubernetes/service.js'
import type { NetworkGateway } from './network-gateway.js'
import { gatewayAddressesOf } from './gateway-addresses.js'
import { headerRef } from '../references.js'
import type { Cluster, ControlPlane } from '../snapshot.js'

/** What the table of network gateways is made from. */
export interface GatewayContext {
  readonly controlPlane: ControlPlane
  readonly clusters: readonly Cluster[]
  readonly selects: (cluster: string, namespace: string) => boolean
  readonly statedGateways: readonly GatewayHeader[]
  readonly suffix: string
}

const networkKey = 'topology.istio.io/network'
const portKey = 'networking.istio.io/gatewayPort'
const defaultPort = 15443

/** Port advertised to other networks: the label's, else 15443; the Service must have it (NET-6c). */
const advertisedPort = (service: Service): ServicePort | undefined => {
  const label = Number(service.meta.labels[portKey] ?? defaultPort)
  return service.ports.find((port) => port.number === label)
}

/** The port of tunnels, which waypoints and gateways of ambient mode across networks use (NET-41). */
export const hasTunnelPort = (service: Service): boolean => service.ports.some((port) => port.number === 15008)

const statedFor = (
  context: GatewayContext,
  cluster: Cluster,
  service: Service,
): { header: GatewayHeader; ref: ResourceRef } | undefined => {
  const name = `${service.meta.namespace}/${service.meta.name}`
  const position = context.statedGateways.findIndex((gateway) => gateway.cluster === cluster.name && gateway.service === name)
  const header = context.statedGateways[position]
  return header === undefined ? undefined : { header, ref: headerRef('Gateway', name, `gateways[${position}]`) }
}

/** Ways in through one Service: its addresses, or those that the header supplies for it. */
export const gatewaysThroughService = (
  context: GatewayContext,
  cluster: Cluster,
  service: Service,
  network: string,
  port: ServicePort | undefined,
): readonly NetworkGateway[] => {
  const told = statedFor(context, cluster, service)
  const { name, namespace } = service.meta
  const because = [cluster.ref(service.meta), ...(told === undefined ? [] : [told.ref])]
  const common = { network, cluster: cluster.name, because, service: { cluster: cluster.name, namespace, name } }
  if (told !== undefined) {
    return told.header.addresses.map((address) => ({ ...common, address, port: told.header.port ?? port?.number ?? 0, assumed: false }))
  }
  return gatewayAddressesOf(cluster, service).map((found) => ({
    ...common,
    address: found.address,
    port: port === undefined ? 0 : found.nodePort ? (port.nodePort ?? port.number) : port.number,
    assumed: found.assumed,
  }))
}

const ofLabelledServices = (context: GatewayContext, cluster: Cluster): readonly NetworkGateway[] => {
  const found: NetworkGateway[] = []
  for (const [namespace, services] of cluster.resources.services) {
    for (const service of services) {
      pause()
      const network = service.meta.labels[networkKey]
      if (network === undefined || network === '' || !context.selects(cluster.name, namespace)) continue
      const port = advertisedPort(service)
      if (port !== undefined || hasTunnelPort(service)) addAll(found, gatewaysThroughService(context, cluster, service, network, port))
    }
  }
  return found
}

/** Network of a gateway of the header; an ordinary gateway's address, whose Service nothing labels, is no way into a network. */
const statedNetwork = (header: GatewayHeader, cluster: Cluster): string | undefined => {
  const [namespace = '', name = ''] = (header.service ?? '').split('/')
  const isGiven = cluster.resources.services.get(namespace)?.some((service) => service.meta.name === name) === true
  return header.network ?? (isGiven ? undefined : cluster.network.value)
}

/** Gateways that only the header tells, with no labelled Service to supply an address for. */
const ofHeader = (context: GatewayContext, cluster: Cluster, supplied: ReadonlySet<string>): readonly NetworkGateway[] =>
  context.statedGateways.flatMap((header, position) => {
    if (header.cluster !== cluster.name || supplied.has(header.service ?? '')) return []
    const network = statedNetwork(header, cluster)
    if (network === undefined) return []
    const [namespace = '', name = ''] = (header.service ?? '').split('/')
    return header.addresses.map((address) => ({
      network,
      cluster: cluster.name,
      address,
      port: header.port ?? defaultPort,
      because: [headerRef('Gateway', header.service ?? header.cluster, `gateways[${position}]`)],
      service: name === '' ? undefined : { cluster: cluster.name, namespace, name },
      assumed: false,
    }))
  })

/** Services labelled with a network, in every visible cluster, and gateways of the header. Rules NET-6c, NET-7. */
export const serviceGatewaysOf = (context: GatewayContext): readonly NetworkGateway[] =>
  context.clusters.flatMap((cluster) => {
    const labelled = ofLabelledServices(context, cluster)
    const supplied = new Set(labelled.flatMap(({ service }) => (service === undefined ? [] : [`${service.namespace}/${service.name}`])))
    return [...labelled, ...ofHeader(context, cluster, supplied)]
  })
