import { pause } from '../pause.js'
import type { Cluster, Snapshot } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workloads/workload.js'
import type { InventoryWorkload } from './inventory.js'
import { byKey } from './page-of.js'
import { remembered } from '../remembered.js'

/** Workloads by their top owner, with the number of instances; what differs between instances is told of the first. */
export const inventoryWorkloads = remembered((snapshot: Snapshot): readonly InventoryWorkload[] =>
  [...snapshot.clusters.values()].flatMap(ofCluster).toSorted(byKey),
)

function ofCluster(cluster: Cluster): readonly InventoryWorkload[] {
  const instances = cluster.namespaceNames.flatMap((namespace) => cluster.workloads(namespace))
  const owned = new Map<string, { readonly first: Workload; count: number }>()
  for (const instance of instances) {
    pause()
    const key = `${instance.cluster}/${instance.namespace}/${instance.owner.name}/${instance.owner.kind}`
    const known = owned.get(key)
    if (known === undefined) owned.set(key, { first: instance, count: 1 })
    else known.count += 1
  }
  return [...owned].map(([key, { first, count }]) => ({
    key,
    cluster: first.cluster,
    namespace: first.namespace,
    kind: first.owner.kind,
    name: first.owner.name,
    serviceAccount: first.serviceAccount,
    instances: count,
    dataPlane: first.dataPlane,
    controlPlane: first.controlPlane ?? null,
  }))
}
