import type { ClusterHeader } from '../../model/topology/cluster-header.js'
import type { UnreadHeader } from '../../model/topology/unread-header.js'
import { kinds } from '../../resources/kinds.js'
import { headerRef } from '../references.js'
import type { KindName, UnreadKind } from './unread-kind.js'

const keysByName: readonly (readonly [KindName, readonly string[]])[] = Object.entries(kinds).map(
  ([name, { readers }]) => [name as KindName, Object.keys(readers)] as const,
)

/** `Kind`, or `Kind.group`, against `group/Kind` of the register. */
const isMeant = (told: string, key: string): boolean => {
  const [group, kind] = [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)]
  const dot = told.indexOf('.')
  return dot < 0 ? told === kind : told.slice(0, dot) === kind && told.slice(dot + 1) === group
}

/** The kinds of the register that a name means; none: nothing reads such objects. */
export const kindsMeant = (told: string): ReadonlySet<KindName> =>
  new Set(keysByName.flatMap(([name, keys]) => (keys.some((key) => isMeant(told, key)) ? [name] : [])))

const none: readonly UnreadKind[] = []

const unreadKind = (
  { name }: ClusterHeader,
  { kind, namespace, exceptNamespaces = [], reason }: UnreadHeader,
  position: number,
): UnreadKind => ({
  kind,
  namespace,
  except: namespace === undefined ? exceptNamespaces : [],
  reason,
  names: kindsMeant(kind),
  ref: headerRef('Cluster', name, `unread[${position}]`),
})

/** What the header says could not be read of the cluster. */
export const unreadKindsOf = (header: ClusterHeader): readonly UnreadKind[] =>
  header.unread === undefined ? none : header.unread.map((one, position) => unreadKind(header, one, position))
