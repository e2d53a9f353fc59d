import { pause } from '../pause.js'
import type { DeploymentModel, MeshDataPlane, Multiplicity, TenancyKind } from '../model/deployment-model.js'
import type { Cluster, ControlPlane, Mesh, Snapshot } from '../snapshot/snapshot.js'
import { type Site, rankAvailability } from './rank-availability.js'

/**
 * Which of Istio's deployment models is this topology: one or several clusters, networks, control planes, meshes, and how tenants
 * are told apart? A cluster that only runs istiod for others, or has no mesh, is no cluster of a mesh.
 *
 * Rules TOPO-1 … TOPO-3, TOPO-5, TOPO-7.
 */
export const classifyDeployment = (snapshot: Snapshot): DeploymentModel => {
  const clusters = [...snapshot.clusters.values()].filter(isInMesh)
  const names = new Set(clusters.map((cluster) => cluster.name))
  return {
    clusters: howMany(clusters.length),
    networks: howMany(countNetworks(clusters)),
    controlPlanes: howMany(snapshot.controlPlanes.size),
    meshes: howMany(snapshot.meshes.length),
    tenancy: tenancyOf(snapshot),
    perMesh: snapshot.meshes.map((mesh) => classifyMesh(snapshot, mesh, names)),
  }
}

const howMany = (count: number): Multiplicity => (count === 0 ? 'NONE' : count === 1 ? 'SINGLE' : 'MULTIPLE')

const isInMesh = ({ role }: Cluster): boolean => role.value !== 'NONE' && role.value !== 'EXTERNAL'

/** Clusters that state no network share one (NETWORK_ASSUMED_FLAT). */
const countNetworks = (clusters: readonly Cluster[]): number => new Set(clusters.map((cluster) => cluster.network.value ?? '')).size

const tenancyOf = ({ tenants }: Snapshot): TenancyKind[] => {
  const kinds: readonly TenancyKind[] = ['NAMESPACE', 'CLUSTER', 'MESH']
  return kinds.filter((kind) => tenants.some((tenant) => tenant.kind === kind))
}

const classifyMesh = (snapshot: Snapshot, mesh: Mesh, inMesh: ReadonlySet<string>): DeploymentModel['perMesh'][number] => {
  const clusters = mesh.clusters.filter((name) => inMesh.has(name)).flatMap((name) => snapshot.clusters.get(name) ?? [])
  const planes = mesh.controlPlanes.flatMap((name) => snapshot.controlPlanes.get(name) ?? [])
  return {
    mesh: mesh.name,
    clusters: howMany(clusters.length),
    networks: howMany(countNetworks(clusters)),
    controlPlanes: howMany(planes.length),
    availability: rankAvailability(
      clusters.map(siteOf),
      planes.map((plane) => siteOfPlane(snapshot, plane)),
    ),
    dataPlanes: dataPlanesOf(clusters),
  }
}

const dataPlanes: readonly MeshDataPlane[] = ['SIDECAR', 'AMBIENT', 'PROXYLESS']

/** Of workloads that exist or are asked for: what a namespace is labelled for counts once somebody is there. */
function dataPlanesOf(clusters: readonly Cluster[]): MeshDataPlane[] {
  const found = new Set<string>()
  for (const cluster of clusters) {
    for (const namespace of cluster.namespaceNames) {
      pause()
      for (const { dataPlane } of cluster.workloads(namespace)) found.add(dataPlane)
    }
  }
  return dataPlanes.filter((one) => found.has(one))
}

const siteOf = ({ name, region, zone }: Cluster): Site => ({ cluster: name, region, zone })

/** Where the control plane runs: its own statement, else its cluster's. */
const siteOfPlane = (snapshot: Snapshot, plane: ControlPlane): Site => {
  const home = plane.cluster === undefined ? undefined : snapshot.clusters.get(plane.cluster)
  return { cluster: plane.cluster ?? plane.name, region: plane.region || (home?.region ?? ''), zone: plane.zone || (home?.zone ?? '') }
}
