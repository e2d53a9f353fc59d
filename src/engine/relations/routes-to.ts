import { destinationRulesFor } from '../groups/effective/destination-rules-for.js'
import { routesFor } from '../groups/effective/routes-for.js'
import type { InventoryService } from '../inventory/inventory.js'
import { pause } from '../pause.js'
import { remembered } from '../remembered.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { ServiceRoute } from './facts.js'

/** What says where calls to a service go and how callers connect, by every control plane that knows it; those that see the same are told together. */
export const routesTo = remembered((snapshot: Snapshot, { host, namespace }: InventoryService): readonly ServiceRoute[] => {
  const rows = new Map<string, ServiceRoute>()
  for (const plane of snapshot.controlPlanes.keys()) {
    pause()
    const view = snapshot.view(plane)
    const service = view.service(host, namespace)
    if (service === undefined) continue
    for (const said of [...routesFor(view, service), ...destinationRulesFor(view, service)]) {
      const key = JSON.stringify(said)
      rows.set(key, { ...said, controlPlanes: [...(rows.get(key)?.controlPlanes ?? []), plane] })
    }
  }
  return [...rows.values()]
})
