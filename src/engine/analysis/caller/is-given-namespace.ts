import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'

/** Namespaces that every cluster of Kubernetes has. */
const everywhere: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease'])

/** Namespaces of the cluster that anything in it is in, by their names. */
export const namespacesOf = ({ namespaceNames, resources }: Cluster): readonly string[] =>
  [...new Set([...namespaceNames, ...resources.occupied])].sort()

/**
 * May the namespace be one of the cluster's, by anything that the document says? By its Namespace or any other object, by what could not be read, or
 * as one that every cluster, or a control plane there, has.
 */
export function isGivenNamespace(
  { controlPlanes }: Snapshot,
  { name, managedBy, resources, namespaceNames, unread }: Cluster,
  namespace: string,
): boolean {
  if (resources.occupied.has(namespace) || resources.namespaces.has(namespace) || namespaceNames.includes(namespace)) return true
  if (everywhere.has(namespace)) return true
  // Whoever may not read Namespaces does not know which there are.
  if (unread.some((one) => one.namespace === namespace || one.names.has('namespaces'))) return true
  return [...controlPlanes.values()].some(
    (plane) =>
      plane.systemNamespace === namespace && (plane.cluster === name || plane.configCluster === name || managedBy.includes(plane.name)),
  )
}
