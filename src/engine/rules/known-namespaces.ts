/**
 * Which namespaces are there, in whichever cluster?
 *
 * A caller of another cluster, or of a mesh that is trusted, has its own cluster's namespace in its identity. Where Namespace objects are not
 * given at all, or some caller may come from where nobody looked, no namespace can be said to be missing.
 */
import { remembered } from '../remembered.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { isUnread, seesAllCallers } from './sees-all-callers.js'

interface Namespaces {
  /** Undefined: nobody knows all of them. */
  readonly names: readonly string[] | undefined
}

/** There are these in every cluster, and no document need hold them. */
const always = ['default', 'kube-system', 'kube-public', 'kube-node-lease']

const namespacesOf = remembered((snapshot: Snapshot): Namespaces => {
  const clusters = [...snapshot.clusters.values()]
  const given = clusters.some(({ resources }) => resources.namespaces.size > 0)
  if (!given || isUnread(snapshot, ['namespaces']) || !seesAllCallers(snapshot)) return { names: undefined }
  const planes = [...snapshot.controlPlanes.values()]
  const systems = planes.flatMap(({ systemNamespace, meshConfig }) => [systemNamespace, meshConfig.rootNamespace])
  const objects = planes.flatMap(({ name }) => Object.values(snapshot.view(name).configuration).flatMap((kind) => [...kind.keys()]))
  return { names: [...new Set([...always, ...systems, ...objects, ...clusters.flatMap(({ namespaceNames }) => namespaceNames)])] }
})

/** The namespaces of all clusters; undefined where there may be others. */
export const knownNamespaces = (snapshot: Snapshot): readonly string[] | undefined => namespacesOf(snapshot).names
