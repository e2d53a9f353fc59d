import { labelSelectorMatches } from '../label-selector.js'
import type { LabelSelector } from '../../resources/label-selector.js'
import type { Cluster, ControlPlane } from '../snapshot.js'

const nameKey = 'kubernetes.io/metadata.name'

const asksOnlyName = ({ matchLabels, matchExpressions }: LabelSelector): boolean =>
  [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)].every((key) => key === nameKey)

/** Is it only taken as selected, because its labels decide and are not given? */
export const isAssumedSelected = ({ meshConfig }: ControlPlane, { resources }: Cluster, namespace: string): boolean => {
  if (meshConfig.discoverySelectors.length === 0 || resources.namespaces.has(namespace)) return false
  const labels = { [nameKey]: namespace }
  const decided = meshConfig.discoverySelectors.filter(asksOnlyName)
  return decided.length < meshConfig.discoverySelectors.length && !decided.some((selector) => labelSelectorMatches(selector, labels))
}

/**
 * Does the control plane see the namespace in that cluster?
 *
 * Rule MODEL-6: by that cluster's namespace labels and the control plane's own selectors, any of which suffices. A namespace
 * whose object is not given has no known label but its name, and is taken as selected where that does not decide.
 */
export const selectionOf = (
  controlPlane: ControlPlane,
  clusters: readonly Pick<Cluster, 'name' | 'resources'>[],
): ((cluster: string, namespace: string) => boolean) => {
  const selectors = controlPlane.meshConfig.discoverySelectors
  if (selectors.length === 0) return () => true
  const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]))
  const known = new Map<string, boolean>()
  const decide = (cluster: string, namespace: string): boolean => {
    const object = byName.get(cluster)?.resources.namespaces.get(namespace)
    const labels = { [nameKey]: namespace, ...object?.meta.labels }
    return selectors.some((selector) => (object === undefined && !asksOnlyName(selector)) || labelSelectorMatches(selector, labels))
  }
  return (cluster, namespace) => {
    const key = `${cluster}/${namespace}`
    const answer = known.get(key) ?? decide(cluster, namespace)
    known.set(key, answer)
    return answer
  }
}
