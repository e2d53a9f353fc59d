import { matchesWildcards } from '../../analysis/authorization/matches-text.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import { knownNamespaces } from '../known-namespaces.js'
import type { Breach, Rule } from '../rule.js'
import { type IsDead, judgeDead } from './judge-dead.js'
import { policiesOf } from './policies-of.js'
import { sourcesFail, sourceValues } from './stated-values.js'

/** A namespace in a policy that no cluster has: nobody's identity ever says it. */
export const unknownNamespace: Rule = {
  code: 'AUT102',
  name: 'unknown-namespace',
  severity: 'ERROR',
  istio: ['IST0101'],
  kiali: ['KIA0101'],
  summary: 'A rule is about callers of a namespace that no cluster has, so it matches none of them (AUTHZ-11).',
  *check(snapshot): Iterable<Breach> {
    const names = knownNamespaces(snapshot)
    if (names === undefined) return
    const known = new Set(names)
    const isAlive = (value: string): boolean =>
      known.has(value) || (value.includes('*') && names.some((name) => matchesWildcards(value, name)))
    const isDead: IsDead = (rule) => sourcesFail(rule, 'namespaces', 'source.namespace', isAlive)
    for (const placed of policiesOf(snapshot)) {
      const { policy, view } = placed
      const dead = [...sourceValues(policy, 'namespaces', 'source.namespace')].filter(({ value }) => !isAlive(value))
      if (dead.length === 0) continue
      const judge = judgeDead(placed, isDead)
      for (const one of dead) {
        const { severity, effect } = judge(one, false)
        const [nearest] = nearestNames(one.value, names)
        const meant = nearest === undefined ? 'write the namespace of the callers' : `did you mean \`${nearest}\``
        const message = `no namespace of any cluster is \`${one.value}\`: ${effect}; ${meant}`
        yield { on: view.ref(policy.meta, one.path), severity, message }
      }
    }
  },
}
