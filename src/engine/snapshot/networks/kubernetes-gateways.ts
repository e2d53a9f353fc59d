import type { KubernetesGateway } from '../../resources/kubernetes/kubernetes-gateway.js'
import type { NetworkGateway } from './network-gateway.js'
import type { GatewayContext } from './service-gateways.js'
import type { Cluster } from '../snapshot.js'

type Listener = KubernetesGateway['listeners'][number]

const listenerMode = 'gateway.istio.io/listener-protocol'

/** Hands TLS on by SNI: by its option, or by standing on the port that is meant for it. */
const isAutoPassthrough = (listener: Listener, gateway: KubernetesGateway): boolean => {
  if (listener.tls === undefined) return false
  const port = Number(gateway.meta.labels['networking.istio.io/gatewayPort'] ?? 15443)
  return listener.tls.options[listenerMode] === 'auto-passthrough' || listener.port === port
}

/** An address without type is an IP address in a manifest; in a running cluster the API server has filled the type in. */
const usableAddresses = (gateway: KubernetesGateway, cluster: Cluster): readonly string[] =>
  gateway.addresses
    .filter(({ type }) => (type === undefined ? !cluster.observed : type === 'IPAddress' || type === 'Hostname'))
    .map(({ value }) => value)

/** Gateways made of Kubernetes Gateway objects with addresses of their own; the rest are met through their Service. Rule NET-6d. */
export const kubernetesGatewaysOf = (context: GatewayContext): readonly NetworkGateway[] =>
  context.clusters.flatMap((cluster) =>
    [...cluster.resources.kubernetesGateways].flatMap(([namespace, gateways]) => {
      if (!context.selects(cluster.name, namespace)) return []
      return gateways.flatMap((gateway): readonly NetworkGateway[] => {
        const network = gateway.meta.labels['topology.istio.io/network'] ?? ''
        const foreign = gateway.className === 'istio-remote' && cluster.name !== context.controlPlane.configCluster
        if (network === '' || foreign) return []
        const ports = gateway.listeners.filter((listener) => isAutoPassthrough(listener, gateway) || listener.protocol === 'HBONE')
        return usableAddresses(gateway, cluster).flatMap((address) =>
          ports.map(({ port }) => ({
            network,
            cluster: cluster.name,
            address,
            port,
            because: [cluster.ref(gateway.meta)],
            service: undefined,
            assumed: false,
          })),
        )
      })
    }),
  )
