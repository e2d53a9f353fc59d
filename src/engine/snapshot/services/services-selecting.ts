import { flatMap } from '../../flat-map.js'
import { groupBy } from '../../group-by.js'
import type { Service, ServicePort } from '../../resources/kubernetes/service.js'
import type { Cluster } from '../snapshot.js'
import { isCounted, singlePodOf, standsFor } from '../workloads/counted-pods.js'
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

interface ForOnePod {
  readonly service: Service
  readonly pod: NonNullable<ReturnType<typeof singlePodOf>>
}

/** Those for a single pod of a StatefulSet, by the name of the set. */
const forOnePod = remembered((cluster: Cluster, namespace: string): ReadonlyMap<string, readonly ForOnePod[]> => {
  const found = flatMap(cluster.resources.services.get(namespace) ?? [], (service): readonly ForOnePod[] => {
    const pod = service.type === 'ExternalName' ? undefined : singlePodOf(service.selector ?? {})
    return pod === undefined ? [] : [{ service, pod }]
  })
  return groupBy(found, ({ pod }) => pod.set)
})

/** Services of its own cluster and namespace that select the workload, the oldest first. */
export function servicesSelecting(cluster: Cluster, workload: Workload): readonly Service[] {
  const { namespace, labels } = workload
  const found = selectingServices(cluster, namespace).matching(labels)
  const single = isCounted(workload) ? forOnePodOf(cluster, workload) : []
  return single.length === 0 ? found : [...found, ...single].sort(byAge)
}

const forOnePodOf = remembered((cluster: Cluster, workload: Workload): readonly Service[] =>
  flatMap(forOnePod(cluster, workload.namespace).get(workload.name) ?? [], ({ service, pod }) =>
    selectorMatches(pod.others, workload.labels) && standsFor(cluster, workload, pod) ? service : [],
  ),
)

/** The port of the workload that a Service port leads to; undefined when it names a container port that the workload lacks. */
export const targetPortOf = (port: ServicePort, workload: Workload): number | undefined =>
  typeof port.targetPort === 'number' ? port.targetPort : workload.containerPorts.find(({ name }) => name === port.targetPort)?.number
