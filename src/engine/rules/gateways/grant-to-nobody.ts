import { nearestNames } from '../../istiod/matching/nearest-names.js'
import { configurationsOf } from '../configurations.js'
import { knownNamespaces } from '../known-namespaces.js'
import type { Breach, Rule } from '../rule.js'

export const grantToNobody: Rule = {
  code: 'GTW115',
  name: 'grant-to-nobody',
  severity: 'WARNING',
  istio: [],
  kiali: ['KIA1601'],
  summary: 'A ReferenceGrant is for a namespace that is not there, so that nobody is granted anything (GWAPI-45).',
  *check(snapshot): Iterable<Breach> {
    const known = knownNamespaces(snapshot)
    if (known === undefined) return
    for (const { cluster } of configurationsOf(snapshot)) {
      for (const { meta, from } of [...cluster.resources.referenceGrants.values()].flat()) {
        for (const [position, { namespace }] of from.entries()) {
          if (known.includes(namespace)) continue
          const [near] = nearestNames(namespace, known)
          const hint = near === undefined ? '' : `; did you mean \`${near}\`?`
          const message = `there is no namespace \`${namespace}\`, so that this grants nothing${hint}`
          yield { on: cluster.ref(meta, `spec.from[${position}].namespace`), message }
        }
      }
    }
  },
}
