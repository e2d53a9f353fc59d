import type { NearMiss } from '../../model/step.js'
import type { Labels } from '../../resources/meta.js'
import type { Service } from '../../resources/kubernetes/service.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { mostCompared, nearMiss } from './near-miss.js'
import { differencesOf, farness, tellSelectorMiss } from './selector-miss.js'

/** The workload of a namespace to which a selector comes nearest. */
export const nearestWorkload = (cluster: Cluster, namespace: string, selector: Labels): Workload | undefined =>
  cluster
    .workloads(namespace)
    .slice(0, mostCompared)
    .map((workload) => ({ workload, far: farness(selector, workload.labels) }))
    .sort((a, b) => a.far - b.far || compare(a.workload.owner.name, b.workload.owner.name))[0]?.workload

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A Service behind which nothing stands: what it nearly selects. Rule EDS-7. */
export function nearInstances(cluster: Cluster, { meta, selector = {} }: Service): readonly NearMiss[] {
  const nearest = Object.keys(selector).length === 0 ? undefined : nearestWorkload(cluster, meta.namespace, selector)
  if (nearest === undefined || differencesOf(selector, nearest.labels).length === 0) return []
  const { owner, labels } = nearest
  return [nearMiss(cluster.ref(meta, 'spec.selector'), tellSelectorMiss(selector, labels, `${owner.kind} \`${owner.name}\``))]
}
