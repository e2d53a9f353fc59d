/**
 * Which networks have endpoints that a control plane hands to clients on other networks?
 *
 * Those with a Service of the mesh that some proxy or ztunnel answers for; gateways and control planes are not called across, and nothing leads to
 * servers without a proxy (NET-14). Of a cluster without any object nobody knows, and it may hold some.
 */
import { pausing } from '../../pause.js'
import { clusterEndpoints } from '../../istiod/endpoints/endpoints-of.js'
import { remembered } from '../../remembered.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { DataPlane } from '../../snapshot/workloads/workload.js'

export interface Offering {
  readonly cluster: Cluster
  /** Services with endpoints there. */
  readonly services: readonly MeshService[]
}

const none: readonly Offering[] = []
const inMesh: ReadonlySet<DataPlane | undefined> = new Set(['SIDECAR', 'AMBIENT', 'PROXYLESS'])

/** Clusters by the network that they stand in, with what they offer; fewer than two networks offer nothing across. */
const byNetwork = remembered((view: ControlPlaneView): ReadonlyMap<string, readonly Offering[]> => {
  const found = new Map<string, Offering[]>()
  if (networksOf(view).size < 2) return found
  const offered = servicesByCluster(view)
  for (const cluster of view.clusters) {
    const services = offered.get(cluster.name) ?? []
    const { value: network } = cluster.network
    if (network === undefined || (services.length === 0 && Object.keys(cluster.resources.counts).length > 0)) continue
    const known = found.get(network)
    if (known === undefined) found.set(network, [{ cluster, services }])
    else known.push({ cluster, services })
  }
  return found
})

export const offeredAcross = (view: ControlPlaneView, network: string): readonly Offering[] => byNetwork(view).get(network) ?? none

export const networksOffered = (view: ControlPlaneView): readonly string[] => [...byNetwork(view).keys()]

function servicesByCluster(view: ControlPlaneView): ReadonlyMap<string, readonly MeshService[]> {
  const found = new Map<string, MeshService[]>()
  for (const service of pausing(view.services)) {
    if (service.clusterLocal || service.exportTo.has('~')) continue
    for (const { cluster, service: object } of service.definitions) {
      const home = view.snapshot.clusters.get(cluster)
      if (home === undefined || !isAnswered(home, object.meta.namespace, object.meta.name)) continue
      const known = found.get(cluster)
      if (known === undefined) found.set(cluster, [service])
      else known.push(service)
    }
  }
  return found
}

const isAnswered = (cluster: Cluster, namespace: string, name: string): boolean =>
  clusterEndpoints(cluster, namespace, name).some(({ workload }) => inMesh.has(workload?.dataPlane))

const networksOf = remembered(
  (view: ControlPlaneView): ReadonlySet<string> => new Set(view.clusters.flatMap(({ network }) => network.value ?? [])),
)

/** Networks of the topology's clusters that do not reach its pods without a gateway. */
const cutOff = remembered((snapshot: Snapshot, network: string): readonly string[] => {
  const others = new Set([...snapshot.clusters.values()].flatMap((cluster) => cluster.network.value ?? []))
  return [...pausing(others)].filter((other) => !snapshot.routable(other, network))
})

/** Do all others reach its pods without a gateway? */
export const isReachedDirectly = (snapshot: Snapshot, view: ControlPlaneView, network: string): boolean =>
  !cutOff(snapshot, network).some((other) => networksOf(view).has(other))

export const hasUsableGateway = (view: ControlPlaneView, network: string): boolean =>
  view.gateways.get(network)?.some(({ port }) => port > 0) === true
