/**
 * By which gateways is a network entered in tunnels within tunnels?
 *
 * By those of other clusters that are Gateways of their own class with a listener for tunnels, at the addresses of their status; or those that a Gateway of
 * the config cluster refers to. Labelled Services and meshNetworks do not count here. Rules AMB-62, AMB-65, NET-41.
 */
import { remembered } from '../../remembered.js'
import type { KubernetesGateway } from '../../resources/kubernetes/kubernetes-gateway.js'
import { assumedAddress, gatewayAddressesOf } from '../../snapshot/networks/gateway-addresses.js'
import type { NetworkGateway } from '../../snapshot/networks/network-gateway.js'
import { findService } from '../../snapshot/services/find-service.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import { hbonePort } from './waypoint.js'
import { waypointServiceName } from './waypoint-service.js'

const networkKey = 'topology.istio.io/network'
const accountKey = 'gateway.istio.io/service-account'
export const eastWestClass = 'istio-east-west'
const referenceClass = 'istio-remote'

interface Address {
  readonly address: string
  readonly assumed: boolean
}

/** Of its status; of one that is only declared, those that its Service has or will be given. */
export function addressesOfTunnels(cluster: Cluster, gateway: KubernetesGateway): readonly Address[] {
  const { meta, statusAddresses } = gateway
  if (statusAddresses !== undefined)
    return statusAddresses.flatMap(({ type, value }) => (type === undefined ? [] : [{ address: value, assumed: false }]))
  if (cluster.observed) return []
  const service = findService(cluster, meta.namespace, waypointServiceName({ gateway }))
  const found = service === undefined ? [] : gatewayAddressesOf(cluster, service)
  return found.length > 0 ? found : [{ address: assumedAddress(cluster.name, meta), assumed: true }]
}

/** A reference is given a status with the addresses that it states. */
const statedAddresses = ({ statusAddresses, addresses }: KubernetesGateway): readonly Address[] =>
  (statusAddresses ?? addresses.map(({ type = 'IPAddress', value }) => ({ type, value }))).flatMap(({ type, value }) =>
    type === undefined ? [] : [{ address: value, assumed: false }],
  )

/** One a Gateway, at the first of its addresses. */
function tunnelGateway(cluster: Cluster, gateway: KubernetesGateway, isReference: boolean): NetworkGateway | undefined {
  const { meta, listeners, className } = gateway
  const network = meta.labels[networkKey] ?? ''
  const listener = listeners.find(({ protocol, tls }) => protocol === 'HBONE' && (isReference || tls?.mode === 'Terminate'))
  const [found] = isReference ? statedAddresses(gateway) : addressesOfTunnels(cluster, gateway)
  if (network === '' || listener === undefined || found === undefined) return undefined
  const serviceAccount = meta.annotations[accountKey] ?? (isReference ? `${meta.name}-${className}` : meta.name)
  return {
    ...found,
    network,
    cluster: cluster.name,
    port: isReference ? listener.port : hbonePort,
    because: [cluster.ref(meta)],
    service: undefined,
    tunnel: { namespace: meta.namespace, name: meta.name, serviceAccount, isReference },
  }
}

const allOf = remembered((view: ControlPlaneView): readonly NetworkGateway[] =>
  view.clusters.flatMap((cluster) => {
    const isHome = cluster === view.configCluster
    return [...cluster.resources.kubernetesGateways].flatMap(([namespace, gateways]) =>
      view.selects(cluster.name, namespace)
        ? gateways
            .filter(({ className }) => className === (isHome ? referenceClass : eastWestClass))
            .flatMap((gateway) => tunnelGateway(cluster, gateway, isHome) ?? [])
        : [],
    )
  }),
)

export const tunnelGateways = remembered((view: ControlPlaneView, network: string): readonly NetworkGateway[] =>
  allOf(view).filter((gateway) => gateway.network === network),
)
