import { AppError } from '#engine/model/app-error'
import { describeInventory, type Inventory } from '#operations/questions/describe-inventory'
import type { GraphqlContext } from '../context.js'
import type { ClusterResolvers, ControlPlaneResolvers, NetworkResolvers } from '../generated/resolver-types.js'
import { graphqlLimits } from '../graphql-limits.js'
import type { ClusterMapper, ControlPlaneMapper, Landscape, NetworkMapper } from '../mappers.js'
import { once } from '../once.js'

/** What a version consists of: asked once a request. */
export const inventoryOf = once(async (dependencies, content) => landscapeOf(await describeInventory(dependencies, content)))

function landscapeOf(inventory: Inventory): Landscape {
  const { meshes, tenants } = inventory
  const networks = new Map<string, NetworkMapper>()
  const clusters = new Map<string, ClusterMapper>()
  const controlPlanes = new Map<string, ControlPlaneMapper>()
  const landscape = { meshes, tenants, networks, clusters, controlPlanes }
  for (const one of inventory.networks) networks.set(one.name, { ...one, landscape })
  for (const one of inventory.clusters) clusters.set(one.name, { ...one, landscape })
  for (const one of inventory.controlPlanes) controlPlanes.set(one.name, { ...one, landscape })
  return landscape
}

/**
 * Those of these names, in that order.
 *
 * These lists have no pages, and lead in circles, so that nobody knows beforehand how much a query comes to: it is counted, and beyond a limit the whole
 * request is refused. Only the first field that is too much fails: a hundred thousand failures would be dearer than their answers.
 */
export function named<T>(context: GraphqlContext, all: ReadonlyMap<string, T>, names: readonly string[]): readonly T[] {
  if (context.refused !== undefined) return []
  context.related = (context.related ?? 0) + names.length
  if (context.related > graphqlLimits.related) {
    context.refused = new AppError(
      'TOO_COMPLEX',
      `clusters, networks and control planes lead to more than ${graphqlLimits.related} others: ask for fewer, or do not go from one to the other and back`,
    )
    throw context.refused
  }
  return names.flatMap((name) => all.get(name) ?? [])
}

/** The one of this name. */
export const oneNamed = <T>(context: GraphqlContext, all: ReadonlyMap<string, T>, name: string | null): T | null =>
  named(context, all, name === null ? [] : [name])[0] ?? null

export const cluster: ClusterResolvers = {
  standsIn: ({ network, landscape }, _none, context) => oneNamed(context, landscape.networks, network),
  managedBy: ({ controlPlanes, landscape }, _none, context) => named(context, landscape.controlPlanes, controlPlanes),
  memberOf: ({ mesh, landscape }) => landscape.meshes.find(({ name }) => name === mesh) ?? null,
}

export const network: NetworkResolvers = {
  holds: ({ clusters, landscape }, _none, context) => named(context, landscape.clusters, clusters),
}

export const controlPlane: ControlPlaneResolvers = {
  reads: ({ clusters, landscape }, _none, context) => named(context, landscape.clusters, clusters),
}
