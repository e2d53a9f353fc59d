import { remembered } from '../remembered.js'
import type { KindName } from '../snapshot/clusters/unread-kind.js'
import type { Snapshot } from '../snapshot/snapshot.js'

interface Completeness {
  readonly whole: boolean
}

/** Does the document hold every cluster that a control plane is known to read? What one of the others holds, nobody here can say. */
export const hasAllClusters = (snapshot: Snapshot): boolean => completenessOf(snapshot).whole

const completenessOf = remembered(
  ({ controlPlanes, clusters }: Snapshot): Completeness => ({
    whole: [...controlPlanes.values()].every(({ remoteSecrets }) => (remoteSecrets.value ?? []).every((name) => clusters.has(name))),
  }),
)

/** Could objects of one of the kinds not be read, in that namespace (any, if none is named) of some cluster? */
export const isUnread = ({ clusters }: Snapshot, kinds: readonly KindName[], namespace?: string): boolean =>
  [...clusters.values()].some(({ unread }) =>
    unread.some(
      (one) =>
        kinds.some((kind) => one.names.has(kind)) &&
        (namespace === undefined || one.namespace === undefined || one.namespace === namespace),
    ),
  )
