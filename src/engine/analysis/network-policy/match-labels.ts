import type { LabelSelector } from '../../resources/label-selector.js'
import type { Labels } from '../../resources/meta.js'
import { namespaceName } from '../../resources/network-policy/plugin-policy.js'
import { labelSelectorMatches } from '../../snapshot/label-selector.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import { allOf, decided, type Match, maybe } from './match.js'

export const matchLabels = (selector: LabelSelector, labels: Labels): Match => decided(labelSelectorMatches(selector, labels))

/** Labels of a namespace; every one has its name as a label, and of one whose object is not given nothing else is known (NP-10). */
export const namespaceLabels = (cluster: Cluster, namespace: string): { readonly labels: Labels; readonly known: boolean } => {
  const object = cluster.resources.namespaces.get(namespace)
  return { labels: { ...object?.meta.labels, [namespaceName]: namespace }, known: object !== undefined }
}

/** Does a selector take the namespace? Rule NP-10. */
export const matchNamespace = (selector: LabelSelector, cluster: Cluster, namespace: string): Match => {
  const { labels, known } = namespaceLabels(cluster, namespace)
  if (known) return matchLabels(selector, labels)
  const missing = maybe(`the labels of namespace \`${namespace}\` of \`${cluster.name}\`, whose object is not given`)
  const parts: readonly LabelSelector[] = [
    ...Object.entries(selector.matchLabels).map(([key, value]) => ({ matchLabels: { [key]: value }, matchExpressions: [] })),
    ...selector.matchExpressions.map((expression) => ({ matchLabels: {}, matchExpressions: [expression] })),
  ]
  return allOf(parts.map((part) => (keyOf(part) === namespaceName ? matchLabels(part, labels) : missing)))
}

const keyOf = ({ matchLabels: labels, matchExpressions }: LabelSelector): string | undefined =>
  matchExpressions[0]?.key ?? Object.keys(labels)[0]
