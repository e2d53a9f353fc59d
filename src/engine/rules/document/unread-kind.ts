import type { UnreadKind } from '../../snapshot/clusters/unread-kind.js'
import type { Breach, Rule } from '../rule.js'

/** A kind that could not be read of a cluster: what rests on it is left open, and so are the rules that look for it. */
export const unreadKind: Rule = {
  code: 'REF104',
  name: 'unread-kind',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'Objects of a kind could not be read from a cluster: answers that they could decide are left open.',
  *check(snapshot): Iterable<Breach> {
    for (const { name, unread } of snapshot.clusters.values()) for (const one of unread) yield { on: one.ref, message: tell(name, one) }
  },
}

const tell = (cluster: string, { kind, namespace, reason, names }: UnreadKind): string => {
  const where = namespace === undefined ? `cluster \`${cluster}\`` : `namespace \`${namespace}\` of cluster \`${cluster}\``
  const told = `objects of kind \`${kind}\` could not be read from ${where} (${reason})`
  return names.size === 0
    ? `${told}, and nothing here reads that kind: no answer depends on it`
    : `${told}: what they could decide is left open`
}
