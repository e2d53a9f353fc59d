import type { NamespacesAllowed } from '../../../../resources/kubernetes/api-listener.js'
import type { LabelSelector } from '../../../../resources/label-selector.js'
import { labelSelectorMatches } from '../../../label-selector.js'
import type { ApiObjects, ApiScope } from './api-objects.js'

const nameKey = 'kubernetes.io/metadata.name'

/** Namespaces that the control plane reads whose labels the selector takes; what stands in a cluster without its Namespace object has its name alone. */
function selected({ cluster, selects }: ApiObjects, selector: LabelSelector): readonly string[] {
  const { namespaces } = cluster.resources
  const names = new Set([...namespaces.keys(), ...cluster.namespaceNames])
  return [...names]
    .filter((name) => selects(name) && labelSelectorMatches(selector, { ...namespaces.get(name)?.meta.labels, [nameKey]: name }))
    .sort()
}

/**
 * Namespaces of the routes that a listener takes, `*` for all of them.
 *
 * `home`: of the object that carries it, which is what `Same` means. Rule GWAPI-24.
 */
export function namespacesOfRoutes(objects: ApiObjects, home: string, { from = 'Same', selector }: NamespacesAllowed): readonly string[] {
  if (from === 'Same') return [home]
  if (from === 'All' || selector === undefined) return ['*']
  return selected(objects, selector)
}

/** Does a Gateway of the namespace `home` take ListenerSets of that namespace? Nobody's, unless it says so. Rule GWAPI-28. */
export function admitsListeners({ cluster }: ApiScope, home: string, allowed: NamespacesAllowed | undefined, namespace: string): boolean {
  const from = allowed?.from ?? (allowed?.selector === undefined ? 'None' : 'Selector')
  if (from === 'All') return true
  if (from === 'Same') return namespace === home
  const object = cluster.resources.namespaces.get(namespace)
  if (from !== 'Selector' || allowed?.selector === undefined || object === undefined) return false
  return labelSelectorMatches(allowed.selector, { ...object.meta.labels, [nameKey]: namespace })
}
