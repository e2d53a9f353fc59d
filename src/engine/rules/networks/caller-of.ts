import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import { isFor } from '../../snapshot/services/audience.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'

/** Namespaces with proxies of a control plane, by the network of their cluster. */
const callersByNetwork = remembered((view: ControlPlaneView): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>()
  for (const cluster of view.snapshot.clusters.values()) {
    const { value: network } = cluster.network
    if (network === undefined) continue
    for (const namespace of cluster.namespaceNames) {
      const calls = cluster
        .workloads(namespace)
        .some(({ controlPlane, dataPlane }) => controlPlane === view.controlPlane.name && dataPlane === 'SIDECAR')
      if (!calls) continue
      const known = found.get(network)
      if (known === undefined) found.set(network, new Set([namespace]))
      else known.add(namespace)
    }
  }
  return found
})

/** Does somebody call from another network than some cluster stands on? Where all stand on one, nothing crosses. */
export function hasCallersAcross(view: ControlPlaneView): boolean {
  const networks = new Set([...view.snapshot.clusters.values()].flatMap(({ network }) => network.value ?? []))
  return networks.size > 1 && callersByNetwork(view).size > 0
}

/** A namespace of another network whose proxies are given the service. */
export function callerOf(view: ControlPlaneView, network: string, { exportTo }: MeshService): string | undefined {
  for (const [other, namespaces] of callersByNetwork(view)) {
    if (other === network || view.snapshot.routable(other, network)) continue
    for (const namespace of pausing(namespaces)) if (isFor(exportTo, namespace)) return namespace
  }
  return undefined
}
