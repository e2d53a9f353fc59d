import type { InventoryService } from '../inventory/inventory.js'
import { endpointsOf } from '../istiod/endpoints/endpoints-of.js'
import { remembered } from '../remembered.js'
import { labelsInclude } from '../snapshot/label-selector.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workloads/workload.js'

/** Workloads that the service leads to: whom its selector takes in any cluster, and who stands at its endpoints. */
export const behindService = remembered((snapshot: Snapshot, { host, namespace, clusters }: InventoryService): readonly Workload[] => {
  const [name = ''] = host.split('.')
  const selected = clusters.flatMap((cluster) => {
    const place = snapshot.clusters.get(cluster)
    const selector = place?.resources.services.get(namespace)?.find(({ meta }) => meta.name === name)?.selector
    if (place === undefined || selector === undefined) return []
    return place.workloads(namespace).filter(({ labels }) => labelsInclude(labels, selector))
  })
  const standing = [...snapshot.controlPlanes.keys()].flatMap((plane) => {
    const view = snapshot.view(plane)
    const service = view.service(host, namespace)
    return (service?.ports ?? []).flatMap((port) =>
      service === undefined
        ? []
        : endpointsOf(view, service, port).flatMap(({ workload, address }) => workload ?? standingAt(snapshot, address)),
    )
  })
  return [...new Set([...selected, ...standing])]
})

/** An address may be written down without a word of who stands there. */
const standingAt = (snapshot: Snapshot, address: string): readonly Workload[] =>
  [...snapshot.clusters.values()].flatMap((cluster) => cluster.workloadByIp(address) ?? [])
