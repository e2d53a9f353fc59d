import type { Inventory, VersionContent } from '#analyst/analyst'
import { valueOf } from './value-of.js'
import type { Asking } from '../dependencies.js'

/** Meshes, networks, clusters, control planes and tenants of a version. */
export const describeInventory = async ({ analyst }: Asking, version: VersionContent): Promise<Inventory> =>
  valueOf(await analyst.ask('inventory', {}, version))
