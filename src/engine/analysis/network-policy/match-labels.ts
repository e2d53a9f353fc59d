import type { LabelSelector } from '../../resources/label-selector.js'
import type { Labels } from '../../resources/meta.js'
import { labelSelectorMatches } from '../../snapshot/label-selector.js'
import { takesNamespace } from '../../snapshot/namespace-labels.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import { decided, type Match, maybe } from './match.js'

export const matchLabels = (selector: LabelSelector, labels: Labels): Match => decided(labelSelectorMatches(selector, labels))

/** Does a selector take the namespace? Rule NP-10. */
export const matchNamespace = (selector: LabelSelector, cluster: Cluster, namespace: string): Match => {
  const taken = takesNamespace(selector, cluster, namespace)
  return taken === undefined
    ? maybe(`the labels of namespace \`${namespace}\` of \`${cluster.name}\`, whose object is not given`)
    : decided(taken)
}
