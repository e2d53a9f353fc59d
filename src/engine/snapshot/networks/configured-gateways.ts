import type { MeshNetworks } from '../control-planes/mesh-config.js'
import type { NetworkGateway } from './network-gateway.js'
import { type GatewayContext, gatewaysThroughService } from './service-gateways.js'

type MeshNetwork = MeshNetworks['networks'][number]
type MeshGateway = MeshNetwork['gateways'][number]

/** A Service by its full name, in the clusters that the same network claims; a labelled one is handled by its label only (NET-6b). */
const ofRegistryService = (context: GatewayContext, network: MeshNetwork, gateway: MeshGateway): readonly NetworkGateway[] =>
  context.clusters
    .filter((cluster) => network.fromRegistry.includes(cluster.name))
    .flatMap((cluster) =>
      [...cluster.resources.services.values()].flat().flatMap((service) => {
        const { name, namespace, labels } = service.meta
        const isNamed = gateway.registryServiceName === `${name}.${namespace}.svc.${context.suffix}`
        if (!isNamed || (labels['topology.istio.io/network'] ?? '') !== '' || !context.selects(cluster.name, namespace)) return []
        const port = service.ports.find((candidate) => candidate.number === gateway.port)
        const found = gatewaysThroughService(context, cluster, service, network.name, port)
        return found.map((way) => ({
          ...way,
          port: port === undefined ? gateway.port : way.port,
          because: [...context.controlPlane.meshNetworks.because, ...way.because],
        }))
      }),
    )

/** Ways in that meshNetworks tells. Rules NET-6a (no cluster attached, port as given) and NET-6b. */
export const configuredGatewaysOf = (context: GatewayContext): readonly NetworkGateway[] => {
  const { networks, because } = context.controlPlane.meshNetworks
  return networks.flatMap((network) =>
    network.gateways.flatMap((gateway): readonly NetworkGateway[] => {
      if (gateway.address === undefined || gateway.address === '') return ofRegistryService(context, network, gateway)
      return [
        { network: network.name, cluster: '', address: gateway.address, port: gateway.port, because, service: undefined, assumed: false },
      ]
    }),
  )
}
