import type { InventoryService } from '../inventory/inventory.js'
import { inventoryServices } from '../inventory/inventory-services.js'
import { remembered } from '../remembered.js'
import type { Snapshot } from '../snapshot/snapshot.js'

/** Services of a version by their host: those of several namespaces may have the same. */
export const servicesByHost = remembered((snapshot: Snapshot): ReadonlyMap<string, readonly InventoryService[]> => {
  const byHost = new Map<string, InventoryService[]>()
  for (const service of inventoryServices(snapshot)) {
    const known = byHost.get(service.host)
    if (known === undefined) byHost.set(service.host, [service])
    else known.push(service)
  }
  return byHost
})
