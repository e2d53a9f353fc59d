import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { ClusterResources } from '../../resources/cluster-resources.js'
import type { Labels } from '../../resources/meta.js'
import { inNamespace } from '../../resources/read-cluster-resources.js'
import { indexByLabels } from '../label-index.js'
import { podsAndTemplates } from '../workloads/pods-and-templates.js'

/** Equal labels are one object: what is the same for many is looked at once. */
interface Alike {
  readonly labels: Labels
  times: number
}

/** How many pods, templates without pods and WorkloadEntries of the namespace a selector picks, told from the objects before anything is built of them. */
export const selectedBy = remembered((resources: ClusterResources, namespace: string): ((selector: Labels) => number) => {
  const alike = new Map<Labels, Alike>()
  for (const labels of pausing(labelsIn(resources, namespace))) {
    const same = alike.get(labels)
    if (same === undefined) alike.set(labels, { labels, times: 1 })
    else same.times += 1
  }
  const index = indexByLabels([...alike.values()], ({ labels }) => labels)
  const known = new Map<Labels, number>()
  return (selector) => {
    const count = known.get(selector) ?? (index.matching(selector) ?? []).reduce((sum, { times }) => sum + times, 0)
    known.set(selector, count)
    return count
  }
})

function labelsIn(resources: ClusterResources, namespace: string): readonly Labels[] {
  const { pods, templates } = podsAndTemplates(resources, namespace)
  const entries = inNamespace(resources.workloadEntries, namespace)
  return [
    ...pods.map(({ pod }) => pod.meta.labels),
    ...templates.map(({ template }) => template.labels),
    ...entries.map(({ endpoint, meta }) => (Object.keys(endpoint.labels).length > 0 ? endpoint.labels : meta.labels)),
  ]
}
