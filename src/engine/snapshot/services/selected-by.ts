import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { ClusterResources } from '../../resources/cluster-resources.js'
import type { Labels } from '../../resources/meta.js'
import { inNamespace } from '../../resources/read-cluster-resources.js'
import { selectorMatches } from '../selector-index.js'
import { podsAndTemplates } from '../workloads/pods-and-templates.js'

/** Equal labels are one object: what is the same for many is looked at once. */
type Alike = readonly [labels: Labels, times: number]

/** How many pods, templates without pods and WorkloadEntries of the namespace a selector picks, told from the objects before anything is built of them. */
export const selectedBy = remembered((resources: ClusterResources, namespace: string): ((selector: Labels) => number) => {
  const times = new Map<Labels, number>()
  for (const labels of pausing(labelsIn(resources, namespace))) times.set(labels, (times.get(labels) ?? 0) + 1)
  const byPair = new Map<string, Alike[]>()
  for (const alike of pausing(times)) {
    for (const [key, value] of pausing(Object.entries(alike[0]))) {
      const pair = `${key}=${value}`
      const filed = byPair.get(pair)
      if (filed === undefined) byPair.set(pair, [alike])
      else filed.push(alike)
    }
  }
  const known = new Map<Labels, number>()
  return (selector) => {
    const count = known.get(selector) ?? countMatching(byPair, selector)
    known.set(selector, count)
    return count
  }
})

function countMatching(byPair: ReadonlyMap<string, readonly Alike[]>, selector: Labels): number {
  const filed = Object.entries(selector).map(([key, value]) => byPair.get(`${key}=${value}`) ?? [])
  const [fewest = []] = filed.sort((a, b) => a.length - b.length)
  return fewest.reduce((sum, [labels, times]) => sum + (selectorMatches(selector, labels) ? times : 0), 0)
}

function labelsIn(resources: ClusterResources, namespace: string): readonly Labels[] {
  const { pods, templates } = podsAndTemplates(resources, namespace)
  const entries = inNamespace(resources.workloadEntries, namespace)
  return [
    ...pods.map(({ pod }) => pod.meta.labels),
    ...templates.map(({ template }) => template.labels),
    ...entries.map(({ endpoint, meta }) => (Object.keys(endpoint.labels).length > 0 ? endpoint.labels : meta.labels)),
  ]
}
