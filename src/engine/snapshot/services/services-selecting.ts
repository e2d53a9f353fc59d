import type { Service, ServicePort } from '../../resources/kubernetes/service.js'
import type { Cluster } from '../snapshot.js'
import type { Workload } from '../workloads/workload.js'
import { byAge } from '../by-age.js'
import { indexBySelector, type SelectorIndex } from '../selector-index.js'

export const services = new WeakMap<Cluster, Map<string, SelectorIndex<Service>>>()

export function memoised<K extends object, T>(memo: WeakMap<K, Map<string, T>>, owner: K, key: string, make: () => T): T {
  let byKey = memo.get(owner)
  if (byKey === undefined) memo.set(owner, (byKey = new Map()))
  let value = byKey.get(key)
  if (value === undefined) byKey.set(key, (value = make()))
  return value
}

/** Services of its own cluster and namespace that select the workload, the oldest first. */
export function servicesSelecting(cluster: Cluster, workload: Workload): readonly Service[] {
  const index = memoised(services, cluster, workload.namespace, () => {
    const selecting = (cluster.resources.services.get(workload.namespace) ?? []).filter(
      (service) => service.type !== 'ExternalName' && Object.keys(service.selector ?? {}).length > 0,
    )
    return indexBySelector(selecting.sort(byAge), (service) => service.selector ?? {})
  })
  return index.matching(workload.labels)
}

/** The port of the workload that a Service port leads to; undefined when it names a container port that the workload lacks. */
export const targetPortOf = (port: ServicePort, workload: Workload): number | undefined =>
  typeof port.targetPort === 'number' ? port.targetPort : workload.containerPorts.find(({ name }) => name === port.targetPort)?.number
