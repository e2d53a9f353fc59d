import { flatMap } from '../../flat-map.js'
import type { Service, ServicePort } from '../../resources/kubernetes/service.js'
import type { Cluster } from '../snapshot.js'
import { singlePodOf, standsFor } from '../workloads/counted-pods.js'
import type { Workload } from '../workloads/workload.js'
import { byAge } from '../by-age.js'
import { indexBySelector, type SelectorIndex, selectorMatches } from '../selector-index.js'
import { remembered } from '../../remembered.js'

const selectingServices = remembered((cluster: Cluster, namespace: string): SelectorIndex<Service> => {
  const selecting = flatMap(cluster.resources.services.get(namespace) ?? [], (service) =>
    service.type !== 'ExternalName' && Object.keys(service.selector ?? {}).length > 0 ? service : [],
  )
  return indexBySelector(selecting.sort(byAge), (service) => service.selector ?? {})
})

/** Those for a single pod of a StatefulSet. */
const ofSinglePods = remembered((cluster: Cluster, namespace: string): readonly Service[] =>
  (cluster.resources.services.get(namespace) ?? []).filter(({ selector = {} }) => singlePodOf(selector) !== undefined),
)

/** Services of its own cluster and namespace that select the workload, the oldest first. */
export function servicesSelecting(cluster: Cluster, workload: Workload): readonly Service[] {
  const { namespace, labels, synthesised, owner } = workload
  const found = selectingServices(cluster, namespace).matching(labels)
  if (!synthesised || owner.kind !== 'StatefulSet') return found
  const single = ofSinglePods(cluster, namespace).filter(({ selector = {} }) => {
    const asked = singlePodOf(selector)
    return asked !== undefined && selectorMatches(asked.others, labels) && standsFor(cluster, workload, asked.name)
  })
  return single.length === 0 ? found : [...found, ...single].sort(byAge)
}

/** The port of the workload that a Service port leads to; undefined when it names a container port that the workload lacks. */
export const targetPortOf = (port: ServicePort, workload: Workload): number | undefined =>
  typeof port.targetPort === 'number' ? port.targetPort : workload.containerPorts.find(({ name }) => name === port.targetPort)?.number
