import type { NamespacesAllowed } from '../../../../resources/kubernetes/api-listener.js'
import { takesNamespace } from '../../../namespace-labels.js'
import type { ApiObjects, ApiScope } from './api-objects.js'

/** Namespaces whose routes a listener takes, `*` for all of them, and those where labels decide that are not given. */
export interface NamespacesOfRoutes {
  readonly taken: readonly string[]
  readonly open: readonly string[]
}

/** `home`: of the object that carries it, which is what `Same` means. Only namespaces that the control plane reads are chosen by labels. Rule GWAPI-24. */
export function namespacesOfRoutes(objects: ApiObjects, home: string, { from = 'Same', selector }: NamespacesAllowed): NamespacesOfRoutes {
  if (from === 'Same') return { taken: [home], open: [] }
  if (from === 'All' || selector === undefined) return { taken: ['*'], open: [] }
  const { cluster, selects } = objects
  const names = [...new Set([...cluster.resources.namespaces.keys(), ...cluster.namespaceNames])].filter(selects).sort()
  const chosen = (taken: boolean | undefined): readonly string[] =>
    names.filter((name) => takesNamespace(selector, cluster, name) === taken)
  return { taken: chosen(true), open: chosen(undefined) }
}

/** Does a Gateway of the namespace `home` take ListenerSets of that namespace? Nobody's, unless it says so; undefined: labels decide that are not given. Rule GWAPI-28. */
export function admitsListeners(
  { cluster }: ApiScope,
  home: string,
  allowed: NamespacesAllowed | undefined,
  namespace: string,
): boolean | undefined {
  const from = allowed?.from ?? (allowed?.selector === undefined ? 'None' : 'Selector')
  if (from === 'All') return true
  if (from === 'Same') return namespace === home
  return from === 'Selector' && allowed?.selector !== undefined && takesNamespace(allowed.selector, cluster, namespace)
}
