/**
 * Look-ups inside one cluster that several stages need: an instance by name, and the instances a selector picks.
 *
 * Each is built on first use for one namespace of one cluster and kept as long as the cluster, so that no question scans the pods.
 */
import type { Labels } from '../../resources/meta.js'
import type { Cluster } from '../snapshot.js'
import { isCounted, singlePodOf, standsFor } from '../workloads/counted-pods.js'
import { selectorMatches } from '../selector-index.js'
import type { Workload } from '../workloads/workload.js'
import { groupBy } from '../../group-by.js'
import { indexByLabels } from '../label-index.js'
import { remembered } from '../../remembered.js'

const byName = remembered(
  (cluster: Cluster, namespace: string, kind: 'Pod' | 'WorkloadEntry'): ReadonlyMap<string, Workload> =>
    new Map(cluster.workloads(namespace).flatMap((workload) => (workload.meta.kind === kind ? [[workload.name, workload] as const] : []))),
)

const byLabels = remembered((cluster: Cluster, namespace: string) => indexByLabels(cluster.workloads(namespace), ({ labels }) => labels))

/** What stands for the pods of StatefulSets, by the names of the sets. */
const countedByName = remembered((cluster: Cluster, namespace: string) =>
  groupBy(cluster.workloads(namespace).filter(isCounted), ({ name }) => name),
)

/** The pod or WorkloadEntry of that name. */
export function findInstance(cluster: Cluster, namespace: string, kind: 'Pod' | 'WorkloadEntry', name: string): Workload | undefined {
  return byName(cluster, namespace, kind).get(name)
}

/**
 * Instances of the namespace whose labels satisfy the selector; an empty selector picks nothing, as for a Service. One that asks for a single pod of a
 * StatefulSet picks what stands for that pod.
 */
export function selectInstances(cluster: Cluster, namespace: string, selector: Labels): readonly Workload[] {
  const found = byLabels(cluster, namespace).matching(selector) ?? []
  const single = found.length > 0 ? undefined : singlePodOf(selector)
  if (single === undefined) return found
  const counted = countedByName(cluster, namespace).get(single.set) ?? []
  return counted.filter((workload) => selectorMatches(single.others, workload.labels) && standsFor(cluster, workload, single))
}
