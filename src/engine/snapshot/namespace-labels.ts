import { namespaceName } from '../resources/kubernetes/namespace.js'
import type { LabelSelector } from '../resources/label-selector.js'
import type { Labels, Meta } from '../resources/meta.js'
import { labelSelectorMatches } from './label-selector.js'

/** The cluster that the namespaces are of. */
export interface NamespacesOf {
  readonly resources: { readonly namespaces: ReadonlyMap<string, { readonly meta: Meta }> }
}

/** Labels of a namespace; every one has its name as a label, and of one whose object is not given nothing else is known (NP-10). */
export const namespaceLabels = ({ resources }: NamespacesOf, namespace: string): { readonly labels: Labels; readonly known: boolean } => {
  const object = resources.namespaces.get(namespace)
  return { labels: { ...object?.meta.labels, [namespaceName]: namespace }, known: object !== undefined }
}

const part = ({ matchLabels, matchExpressions }: LabelSelector, takes: (key: string) => boolean): LabelSelector => ({
  matchLabels: Object.fromEntries(Object.entries(matchLabels).filter(([key]) => takes(key))),
  matchExpressions: matchExpressions.filter(({ key }) => takes(key)),
})

const isEmpty = ({ matchLabels, matchExpressions }: LabelSelector): boolean =>
  Object.keys(matchLabels).length + matchExpressions.length === 0

/** Does the selector take the namespace? Undefined: labels decide that are not given. Rule NP-10. */
export function takesNamespace(selector: LabelSelector, home: NamespacesOf, namespace: string): boolean | undefined {
  const { labels, known } = namespaceLabels(home, namespace)
  if (known) return labelSelectorMatches(selector, labels)
  if (
    !labelSelectorMatches(
      part(selector, (key) => key === namespaceName),
      labels,
    )
  )
    return false
  return isEmpty(part(selector, (key) => key !== namespaceName)) ? true : undefined
}
