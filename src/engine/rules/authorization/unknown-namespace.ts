import { matchesWildcards } from '../../analysis/authorization/matches-text.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import type { PolicyRule } from '../../resources/istio/authorization-policy.js'
import { knownNamespaces } from '../known-namespaces.js'
import type { Breach, Rule } from '../rule.js'
import { letsNobodyIn } from './lets-nobody-in.js'
import { type PlacedPolicy, policiesOf } from './policies-of.js'
import { sourcesFail, sourceValues, type StatedValue } from './stated-values.js'

const effectOf = ({ policy }: PlacedPolicy, { negated }: StatedValue, closes: boolean): string => {
  if (closes) return 'nothing else is allowed either, so every request is denied'
  if (negated) return 'it excepts nobody'
  return policy.action === 'DENY' ? 'it denies nobody' : 'it lets nobody in'
}

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
    const isDead = (rule: PolicyRule): boolean => sourcesFail(rule, 'namespaces', 'source.namespace', isAlive)
    for (const placed of policiesOf(snapshot)) {
      const { policy, view, at } = placed
      const dead = [...sourceValues(policy, 'namespaces', 'source.namespace')].filter(({ value }) => !isAlive(value))
      if (dead.length === 0) continue
      const closes = policy.action === 'ALLOW' && at.some((one) => letsNobodyIn(one, isDead))
      for (const one of dead) {
        const [nearest] = nearestNames(one.value, names)
        const meant = nearest === undefined ? 'write the namespace of the callers' : `did you mean \`${nearest}\``
        yield {
          on: view.ref(policy.meta, one.path),
          severity: closes ? 'ERROR' : 'WARNING',
          message: `no namespace of any cluster is \`${one.value}\`: ${effectOf(placed, one, closes)}; ${meant}`,
        }
      }
    }
  },
}
