import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Connection } from './connection.js'
import type { Nearness } from './judge-end.js'

const isSameInstance = (a: Workload, b: Workload): boolean =>
  a === b || (a.cluster === b.cluster && a.namespace === b.namespace && a.meta.kind === b.meta.kind && a.name === b.name)

/** A template that makes one pod makes the only one that there is. */
const isAlone = (snapshot: Snapshot, { cluster, namespace, owner }: Workload): boolean => {
  const controllers = snapshot.clusters.get(cluster)?.resources.podControllers.get(namespace) ?? []
  const own = controllers.find(({ meta }) => meta.kind === owner.kind && meta.name === owner.name)
  return own !== undefined && own.replicas <= 1 && own.meta.kind !== 'DaemonSet'
}

/** A pod always reaches itself, and what uses its node's network reaches the pods of that node, and they it. Rule NP-14. */
export const nearnessOf = (snapshot: Snapshot, { opener, receiver }: Connection): Nearness => {
  if (receiver === undefined || opener.cluster !== receiver.cluster) return 'APART'
  if (isSameInstance(opener, receiver)) return !opener.synthesised || isAlone(snapshot, opener) ? 'SELF' : 'MAYBE_SELF'
  if (opener.hostNetwork === receiver.hostNetwork && !opener.hostNetwork) return 'APART'
  if (opener.nodeName === undefined || receiver.nodeName === undefined) return 'MAYBE_SAME_NODE'
  return opener.nodeName === receiver.nodeName ? 'SAME_NODE' : 'APART'
}
