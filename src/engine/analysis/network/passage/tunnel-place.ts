/**
 * Which pods stand behind a gateway that takes tunnels, and which Gateway are they of?
 *
 * Those that carry the name of the Gateway. One that only refers to another cluster's is known by its address. Rules AMB-62, AMB-67, GWAPI-11.
 */
import { addressesOfTunnels, eastWestClass } from '../../../istiod/ambient/tunnel-gateways.js'
import type { KubernetesGateway } from '../../../resources/kubernetes/kubernetes-gateway.js'
import { gatewayNameLabel } from '../../../snapshot/networks/hands-on.js'
import type { NetworkGateway } from '../../../snapshot/networks/network-gateway.js'
import type { Cluster, Snapshot } from '../../../snapshot/snapshot.js'
import { assumedGateway } from '../../../snapshot/workloads/assumed-gateway.js'
import { isEmptyTemplate, type Workload } from '../../../snapshot/workloads/workload.js'
import { remembered } from '../../../remembered.js'
import type { Assumption } from '../../../model/step.js'
import { type GatewayPlace, viewOf } from './gateway-place.js'

export interface TunnelPlace extends GatewayPlace {
  readonly gateway: KubernetesGateway
}

/** Nobody is there, or nobody knows who is. */
export type NoPlace = { readonly missing: string } | { readonly open: string }

interface Found {
  readonly cluster: Cluster
  readonly gateway: KubernetesGateway
}

/** The Gateway itself. */
function objectOf(snapshot: Snapshot, { cluster: name, address, tunnel }: NetworkGateway): Found | undefined {
  if (tunnel === undefined) return undefined
  const home = snapshot.clusters.get(name)
  if (!tunnel.isReference) {
    const gateway = home?.resources.kubernetesGateways.get(tunnel.namespace)?.find(({ meta }) => meta.name === tunnel.name)
    return home === undefined || gateway === undefined ? undefined : { cluster: home, gateway }
  }
  for (const cluster of snapshot.clusters.values()) {
    for (const gateway of [...cluster.resources.kubernetesGateways.values()].flat()) {
      const isThere = gateway.className === eastWestClass && addressesOfTunnels(cluster, gateway).some((one) => one.address === address)
      if (isThere) return { cluster, gateway }
    }
  }
  return undefined
}

export const tunnelPlace = remembered((snapshot: Snapshot, gateway: NetworkGateway): TunnelPlace | NoPlace => {
  const found = objectOf(snapshot, gateway)
  if (found === undefined)
    return {
      open: `no Gateway of class \`${eastWestClass}\` has the address \`${gateway.address}\`, so that nothing says which gateway stands there`,
    }
  const { cluster } = found
  const { meta } = found.gateway
  const shown = cluster.workloads(meta.namespace).filter(({ labels }) => labels[gatewayNameLabel] === meta.name)
  const [ready] = shown.filter((workload) => workload.ready && !isEmptyTemplate(workload))
  const view = viewOf(snapshot, ready, cluster)
  if (view === undefined)
    return { open: `nothing says which control plane configures gateway \`${meta.namespace}/${meta.name}\` of \`${cluster.name}\`` }
  const isAssumed = ready === undefined && shown.length === 0 && cluster.resources.pods.size === 0
  if (ready === undefined && !isAssumed)
    return { missing: `no ready pod of gateway \`${meta.namespace}/${meta.name}\` of \`${cluster.name}\` is there` }
  const because = [cluster.ref(meta)]
  const message = `the pods of gateway \`${meta.namespace}/${meta.name}\` in \`${cluster.name}\` are not given; they are taken to run, configured by control plane \`${view.controlPlane.name}\``
  const assumptions: readonly Assumption[] = isAssumed ? [{ code: 'GATEWAY_WORKLOAD_ASSUMED', message, because }] : []
  return { cluster, view, proxy: ready ?? podOf(found, view), port: 15008, because, assumptions, gateway: found.gateway }
})

const podOf = ({ cluster, gateway: { meta } }: Found, view: GatewayPlace['view']): Workload =>
  assumedGateway(cluster, view, {
    namespace: meta.namespace,
    name: meta.name,
    labels: { ...meta.labels, [gatewayNameLabel]: meta.name, 'gateway.istio.io/managed': 'istio.io-eastwest-controller' },
    serviceAccount: meta.annotations['gateway.istio.io/service-account'] ?? meta.name,
    because: [cluster.ref(meta)],
  })
