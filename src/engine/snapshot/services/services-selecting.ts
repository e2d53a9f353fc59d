import { flatMap } from '../../flat-map.js'
import type { Service, ServicePort } from '../../resources/kubernetes/service.js'
import type { Cluster } from '../snapshot.js'
import type { Workload } from '../workloads/workload.js'
import { byAge } from '../by-age.js'
import { indexBySelector, type SelectorIndex } from '../selector-index.js'
import { remembered } from '../../remembered.js'

const selectingServices = remembered((cluster: Cluster, namespace: string): SelectorIndex<Service> => {
  const selecting = flatMap(cluster.resources.services.get(namespace) ?? [], (service) =>
    service.type !== 'ExternalName' && Object.keys(service.selector ?? {}).length > 0 ? service : [],
  )
  return indexBySelector(selecting.sort(byAge), (service) => service.selector ?? {})
})

/** Services of its own cluster and namespace that select the workload, the oldest first. */
export const servicesSelecting = (cluster: Cluster, { namespace, labels }: Workload): readonly Service[] =>
  selectingServices(cluster, namespace).matching(labels)

/** The port of the workload that a Service port leads to; undefined when it names a container port that the workload lacks. */
export const targetPortOf = (port: ServicePort, workload: Workload): number | undefined =>
  typeof port.targetPort === 'number' ? port.targetPort : workload.containerPorts.find(({ name }) => name === port.targetPort)?.number
