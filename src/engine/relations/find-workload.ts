import { isNamed } from '../analysis/caller/resolve-source.js'
import { unitsIn } from '../groups/unit.js'
import type { InventoryWorkload } from '../inventory/inventory.js'
import { inventoryWorkloads } from '../inventory/inventory-workloads.js'
import { remembered } from '../remembered.js'
import type { Snapshot } from '../snapshot/snapshot.js'

/** By what a workload is asked for: `name` is its owner's, `Kind/name`, or a pod's own. */
export interface WorkloadName {
  readonly cluster: string
  readonly namespace: string
  readonly name: string
}

/** The workload of that name; an owner comes before a pod. Null where there is none. */
export function findWorkload(snapshot: Snapshot, { cluster, namespace, name }: WorkloadName): InventoryWorkload | null {
  const all = (snapshot.clusters.get(cluster)?.workloads(namespace) ?? []).filter((one) => isNamed(one, name))
  const found = all.find(({ owner }) => owner.name === name || `${owner.kind}/${owner.name}` === name) ?? all[0]
  return found === undefined ? null : (workloadsByKey(snapshot).get(unitsIn(snapshot)(found).key) ?? null)
}

/** As lists tell them. */
export const workloadsByKey = remembered(
  (snapshot: Snapshot): ReadonlyMap<string, InventoryWorkload> => new Map(inventoryWorkloads(snapshot).map((one) => [one.key, one])),
)
