import type { UnreadKind } from '../../snapshot/clusters/unread-kind.js'
import type { Breach, Rule } from '../rule.js'

/** Kinds that could not be read of a cluster: what rests on them is left open, and so are the rules that look for them. */
export const unreadKind: Rule = {
  code: 'REF104',
  name: 'unread-kind',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'Objects of a kind could not be read from a cluster: answers that they could decide are left open.',
  *check(snapshot): Iterable<Breach> {
    for (const { name, unread } of snapshot.clusters.values()) {
      for (const together of alike(unread)) {
        const [first] = together
        if (first !== undefined) yield { on: first.ref, message: tell(name, first, together) }
      }
    }
  },
}

/** Kinds that could not be read in the same place for the same reason are one thing to mend. */
const alike = (unread: readonly UnreadKind[]): Iterable<readonly UnreadKind[]> => {
  const found = new Map<string, UnreadKind[]>()
  for (const one of unread) {
    const key = JSON.stringify([one.namespace, one.except, one.reason, one.names.size === 0])
    found.set(key, [...(found.get(key) ?? []), one])
  }
  return found.values()
}

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')

const placeOf = (cluster: string, { namespace, except }: UnreadKind): string => {
  if (namespace !== undefined) return `namespace \`${namespace}\` of cluster \`${cluster}\``
  return except.length === 0 ? `cluster \`${cluster}\`` : `namespaces of cluster \`${cluster}\` other than ${quoted(except)}`
}

const tell = (cluster: string, first: UnreadKind, together: readonly UnreadKind[]): string => {
  const kinds = [...new Set(together.map(({ kind }) => kind))]
  const several = kinds.length > 1
  const told = `objects of ${several ? 'kinds' : 'kind'} ${quoted(kinds)} could not be read from ${placeOf(cluster, first)} (${first.reason})`
  return first.names.size === 0
    ? `${told}, and nothing here reads ${several ? 'those kinds' : 'that kind'}: no answer depends on ${several ? 'them' : 'it'}`
    : `${told}: what they could decide is left open`
}
