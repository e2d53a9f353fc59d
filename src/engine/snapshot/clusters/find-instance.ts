/**
 * Look-ups inside one cluster that several stages need: an instance by name, and the instances a selector picks.
 *
 * Each is built on first use for one namespace of one cluster and kept as long as the cluster, so that no question scans the pods.
 */
import { flatMap } from '../../flat-map.js'
import { pause } from '../../pause.js'
import type { Labels } from '../../resources/meta.js'
import type { Cluster } from '../snapshot.js'
import type { Workload } from '../workloads/workload.js'
import { selectorMatches } from '../selector-index.js'
import { remembered } from '../../remembered.js'

const byName = remembered(
  (cluster: Cluster, namespace: string, kind: 'Pod' | 'WorkloadEntry'): ReadonlyMap<string, Workload> =>
    new Map(cluster.workloads(namespace).flatMap((workload) => (workload.meta.kind === kind ? [[workload.name, workload] as const] : []))),
)

const byPair = remembered((cluster: Cluster, namespace: string): ReadonlyMap<string, readonly Workload[]> => {
  const found = new Map<string, Workload[]>()
  for (const workload of cluster.workloads(namespace)) {
    for (const [key, value] of Object.entries(workload.labels)) {
      pause()
      const pair = `${key}=${value}`
      const filed = found.get(pair)
      if (filed === undefined) found.set(pair, [workload])
      else filed.push(workload)
    }
  }
  return found
})

/** The pod or WorkloadEntry of that name. */
export function findInstance(cluster: Cluster, namespace: string, kind: 'Pod' | 'WorkloadEntry', name: string): Workload | undefined {
  return byName(cluster, namespace, kind).get(name)
}

/** Instances of the namespace whose labels satisfy the selector; an empty selector picks nothing, as for a Service. */
export function selectInstances(cluster: Cluster, namespace: string, selector: Labels): readonly Workload[] {
  const pairs = byPair(cluster, namespace)
  let fewest: readonly Workload[] | undefined
  for (const [key, value] of Object.entries(selector)) {
    const filed = pairs.get(`${key}=${value}`) ?? []
    if (fewest === undefined || filed.length < fewest.length) fewest = filed
  }
  return flatMap(fewest ?? [], (workload) => (selectorMatches(selector, workload.labels) ? workload : []))
}
