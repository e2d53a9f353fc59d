import { type NamespacesOf, takesNamespace } from '../namespace-labels.js'
import type { Cluster, ControlPlane } from '../snapshot.js'

/** Is it only taken as selected, because its labels decide and are not given? */
export const isAssumedSelected = ({ meshConfig }: ControlPlane, cluster: Cluster, namespace: string): boolean => {
  const taken = meshConfig.discoverySelectors.map((selector) => takesNamespace(selector, cluster, namespace))
  return taken.includes(undefined) && !taken.includes(true)
}

const nobody: NamespacesOf = { resources: { namespaces: new Map() } }

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
  const decide = (cluster: string, namespace: string): boolean =>
    selectors.some((selector) => takesNamespace(selector, byName.get(cluster) ?? nobody, namespace) !== false)
  return (cluster, namespace) => {
    const key = `${cluster}/${namespace}`
    const answer = known.get(key) ?? decide(cluster, namespace)
    known.set(key, answer)
    return answer
  }
}
