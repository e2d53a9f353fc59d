import { labelSelectorMatches } from './label-selector.js'
import type { Cluster, ControlPlane } from './snapshot.js'

/**
 * Does the control plane see the namespace in that cluster?
 *
 * Rule MODEL-6: by that cluster's namespace labels and the control plane's own selectors, any of which suffices. A namespace
 * whose object is not given has unknown labels and is taken as selected.
 */
export const selectionOf = (
  controlPlane: ControlPlane,
  clusters: readonly Cluster[],
): ((cluster: string, namespace: string) => boolean) => {
  const selectors = controlPlane.meshConfig.discoverySelectors
  if (selectors.length === 0) return () => true
  const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]))
  const known = new Map<string, boolean>()
  const decide = (cluster: string, namespace: string): boolean => {
    const object = byName.get(cluster)?.resources.namespaces.get(namespace)
    if (object === undefined) return true
    const labels = { 'kubernetes.io/metadata.name': namespace, ...object.meta.labels }
    return selectors.some((selector) => labelSelectorMatches(selector, labels))
  }
  return (cluster, namespace) => {
    const key = `${cluster}/${namespace}`
    const answer = known.get(key) ?? decide(cluster, namespace)
    known.set(key, answer)
    return answer
  }
}
