import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { Inventory, InventoryCluster, InventoryControlPlane, VersionContent } from '#analyst/analyst'
import { valueOf } from './value-of.js'
import type { Asking } from '../dependencies.js'

export type { Inventory, InventoryCluster, InventoryControlPlane }

/** Meshes, networks, clusters, control planes and tenants of a version. */
export async function describeInventory({ analyst, caller }: Asking, version: VersionContent): Promise<Inventory> {
  admit(caller, 'describeInventory')
  return valueOf(await analyst.ask('inventory', { view: viewFor(caller, version) }, version))
}
