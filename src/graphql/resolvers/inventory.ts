import { AppError } from '#engine/model/app-error'
import { describeInventory, type Inventory } from '#operations/questions/describe-inventory'
import type { GraphqlContext } from '../context.js'
import type { ClusterResolvers, ControlPlaneResolvers, NetworkResolvers } from '../generated/resolver-types.js'
import { graphqlLimits } from '../graphql-limits.js'
import type { ClusterMapper, ControlPlaneMapper, Landscape, NetworkMapper } from '../mappers.js'
import { once } from '../once.js'

/** What a version consists of: asked once a request. */
export const inventoryOf = once(async (context, content) =>
  landscapeOf(await describeInventory(context.dependencies, content), namedFor(context)),
)

function landscapeOf(inventory: Inventory, named: Landscape['named']): Landscape {
  const { meshes, tenants } = inventory
  const networks = new Map<string, NetworkMapper>()
  const clusters = new Map<string, ClusterMapper>()
  const controlPlanes = new Map<string, ControlPlaneMapper>()
  const landscape = { meshes, tenants, networks, clusters, controlPlanes, named }
  for (const one of inventory.networks) networks.set(one.name, { ...one, landscape })
  for (const one of inventory.clusters) clusters.set(one.name, { ...one, landscape })
  for (const one of inventory.controlPlanes) controlPlanes.set(one.name, { ...one, landscape })
  return landscape
}

/**
 * These lists have no pages, and lead in circles, so that nobody knows beforehand how much a query comes to: it is counted, and beyond a limit the whole
 * request is refused. Only the first field that is too much fails: a hundred thousand failures would be dearer than their answers.
 */
const namedFor =
  (context: GraphqlContext): Landscape['named'] =>
  (all, names) => {
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

export const cluster: ClusterResolvers = {
  standsIn: ({ network, landscape }) => (network === null ? null : (landscape.named(landscape.networks, [network])[0] ?? null)),
  managedBy: ({ controlPlanes, landscape }) => landscape.named(landscape.controlPlanes, controlPlanes),
  memberOf: ({ mesh, landscape }) => landscape.meshes.find(({ name }) => name === mesh) ?? null,
}

export const network: NetworkResolvers = {
  holds: ({ clusters, landscape }) => landscape.named(landscape.clusters, clusters),
}

export const controlPlane: ControlPlaneResolvers = {
  reads: ({ clusters, landscape }) => landscape.named(landscape.clusters, clusters),
}
