import { clustersetHost } from './clusterset-names.js'
import type { RecordContext } from './kubernetes-record.js'
import type { MeshService } from './mesh-service.js'
import { importedAddresses, importOf } from './names-clusterset.js'
import type { ServiceEntry } from '../../resources/istio/service-entry.js'

/**
 * The merged Service under the name of the set of clusters, as soon as one cluster that the control plane reads has an import with an address.
 *
 * All its proxies know it then: in a cluster without such an import by another one's first address. Routes, rules and policies of the Service's
 * own name are not for it. Rules MCS-6, MCS-7, MCS-13, VIS-39.
 */
export function clustersetRecord(
  { controlPlane, clusters, selects, isClusterLocal }: RecordContext,
  record: MeshService,
  name: string,
  entries: readonly ServiceEntry[],
): MeshService | undefined {
  const { namespace } = record
  const addresses = new Map<string, readonly string[]>()
  for (const cluster of clusters) {
    const ips = selects(cluster.name, namespace) ? importedAddresses(controlPlane, cluster, namespace, name) : []
    if (ips.length > 0) addresses.set(cluster.name, ips)
  }
  const importing = clusters.find((cluster) => addresses.has(cluster.name))
  const made = importing === undefined ? undefined : importOf(importing, namespace, name)
  if (importing === undefined || made === undefined) return undefined
  const hostname = clustersetHost(name, namespace)
  return {
    ...record,
    hostname,
    addresses,
    defaultAddresses: (addresses.get(importing.name) ?? []).slice(0, 1),
    headless: false,
    clusterLocal: isClusterLocal(hostname),
    entries,
    ref: importing.ref(made.meta),
  }
}
