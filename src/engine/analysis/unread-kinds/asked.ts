import type { KindName, UnreadKind } from '../../snapshot/clusters/unread-kind.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { remembered } from '../../remembered.js'
import type { Stage } from '../../model/verdict.js'
import type { KindAt } from './asked-kinds.js'

/** Where a stage would have looked for objects of some kinds: in one cluster, in these namespaces or in any. */
export interface Asked<S extends Stage = Stage> {
  readonly cluster: Cluster | undefined
  readonly kinds: readonly KindAt<S>[]
  /** Absent: any. */
  readonly namespaces?: readonly string[]
  /** Could an object of that namespace have a say at all? */
  readonly takes?: (namespace: string) => boolean
}

/** A kind that could not be read where it was looked for. */
export interface Missing extends UnreadKind {
  readonly cluster: string
}

const isAsked = ({ names, namespace, except }: UnreadKind, { kinds, namespaces, takes }: Asked): boolean => {
  const wanted: readonly KindName[] = kinds
  if (!wanted.some((kind) => names.has(kind))) return false
  if (namespace === undefined) return namespaces?.every((one) => except.includes(one)) !== true
  return (namespaces?.includes(namespace) ?? true) && (takes?.(namespace) ?? true)
}

/** What could not be read of that which is asked for, each once. */
export const findMissing = (asked: readonly Asked[]): readonly Missing[] => {
  const found = new Map<UnreadKind, Missing>()
  for (const one of asked) {
    const { cluster } = one
    if (cluster === undefined) continue
    for (const unread of cluster.unread)
      if (!found.has(unread) && isAsked(unread, one)) found.set(unread, { ...unread, cluster: cluster.name })
  }
  return [...found.values()]
}

/** Nearly all documents give all that there is. */
export const hasUnread = (snapshot: Snapshot): boolean => countUnread(snapshot).many > 0

const countUnread = remembered((snapshot: Snapshot): { readonly many: number } => ({
  many: [...snapshot.clusters.values()].reduce((sum, { unread }) => sum + unread.length, 0),
}))
