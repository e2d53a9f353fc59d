import { describeInventory, type Inventory } from '#operations/questions/describe-inventory'
import type { ClusterResolvers, ControlPlaneResolvers, NetworkResolvers } from '../generated/resolver-types.js'
import type { ClusterMapper, ControlPlaneMapper, NetworkMapper } from '../mappers.js'
import { once } from '../once.js'

/** What a version consists of: asked once a request. */
export const inventoryOf = once(describeInventory)

const withInventory = <T extends object>(inventory: Inventory, items: readonly T[]): readonly (T & { readonly inventory: Inventory })[] =>
  items.map((item) => ({ ...item, inventory }))

export const allClusters = (inventory: Inventory): readonly ClusterMapper[] => withInventory(inventory, inventory.clusters)
export const allNetworks = (inventory: Inventory): readonly NetworkMapper[] => withInventory(inventory, inventory.networks)
export const allControlPlanes = (inventory: Inventory): readonly ControlPlaneMapper[] => withInventory(inventory, inventory.controlPlanes)

type Named = { readonly name: string }

const named = <T extends Named>(items: readonly T[], names: readonly string[]): readonly T[] =>
  names.flatMap((name) => items.find((item) => item.name === name) ?? [])

/** Clusters by their names, in that order. */
export const clustersNamed = (inventory: Inventory, names: readonly string[]): readonly ClusterMapper[] =>
  named(allClusters(inventory), names)

export const controlPlanesNamed = (inventory: Inventory, names: readonly string[]): readonly ControlPlaneMapper[] =>
  named(allControlPlanes(inventory), names)

export const cluster: ClusterResolvers = {
  standsIn: ({ network, inventory }) => named(allNetworks(inventory), network === null ? [] : [network])[0] ?? null,
  managedBy: ({ controlPlanes, inventory }) => controlPlanesNamed(inventory, controlPlanes),
  memberOf: ({ mesh, inventory }) => inventory.meshes.find(({ name }) => name === mesh) ?? null,
}

export const network: NetworkResolvers = {
  holds: ({ clusters, inventory }) => clustersNamed(inventory, clusters),
}

export const controlPlane: ControlPlaneResolvers = {
  reads: ({ clusters, inventory }) => clustersNamed(inventory, clusters),
}
