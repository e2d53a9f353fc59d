import type { Cluster, ControlPlane, Snapshot } from '../snapshot/snapshot.js'
import type { Inventory, InventoryCluster, InventoryControlPlane } from './inventory.js'

/** What a version consists of, with every fact that is known; null where nothing says. */
export const describeInventory = (snapshot: Snapshot): Inventory => ({
  meshes: sorted(snapshot.meshes).map(({ name, trustDomain, clusters, controlPlanes }) => ({
    name,
    trustDomain: trustDomain.value ?? null,
    clusters,
    controlPlanes,
  })),
  networks: sorted(snapshot.networks).map(({ name, routableTo, clusters }) => ({ name, routableTo, clusters })),
  clusters: sorted([...snapshot.clusters.values()]).map(describeCluster),
  controlPlanes: sorted([...snapshot.controlPlanes.values()]).map((plane) => describeControlPlane(snapshot, plane)),
  tenants: sorted(snapshot.tenants).map(({ name, kind, members }) => ({ name, kind, members })),
})

const describeCluster = (cluster: Cluster): InventoryCluster => ({
  name: cluster.name,
  mesh: cluster.mesh.value ?? null,
  network: cluster.network.value ?? null,
  region: cluster.region || null,
  zone: cluster.zone || null,
  role: cluster.role.value ?? null,
  observed: cluster.observed,
  namespaces: cluster.namespaceNames,
  controlPlanes: cluster.managedBy,
  counts: Object.entries(cluster.resources.counts)
    .map(([kind, count]) => ({ kind, count }))
    .toSorted((a, b) => (a.kind < b.kind ? -1 : 1)),
})

const describeControlPlane = (snapshot: Snapshot, plane: ControlPlane): InventoryControlPlane => ({
  name: plane.name,
  cluster: plane.cluster ?? null,
  configCluster: plane.configCluster ?? null,
  revision: plane.revision,
  version: plane.version.text,
  trustDomain: plane.meshConfig.trustDomain,
  clusters: snapshot.view(plane.name).clusters.map(({ name }) => name),
})

const sorted = <T extends { readonly name: string }>(items: readonly T[]): readonly T[] =>
  items.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
