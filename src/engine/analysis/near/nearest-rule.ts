import { pause } from '../../pause.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { NetworkPolicy } from '../../resources/network-policy/network-policy.js'
import { placedRules } from '../network-policy/rules-about.js'
import type { Seen } from '../network-policy/seen.js'
import { farOff, missesOfRule } from './misses-of-rule.js'
import { mostCompared } from './near-miss.js'

/** What a refusal says of the rule that comes nearest, and who lacks what it asks for. */
export interface NearestRule {
  readonly message: string
  readonly because: readonly ResourceRef[]
}

/** Of the rules of the policies that select an end and let nothing through, the one that misses in the fewest fields. Rules NP-5, NP-8 … NP-12. */
export function nearestRule(seen: Seen, policies: readonly NetworkPolicy[]): NearestRule | undefined {
  const key = seen.at.direction === 'INGRESS' ? 'ingress' : 'egress'
  const rules = placedRules(policies, seen.at.direction)
  const [nearest] = rules
    .slice(0, mostCompared)
    .map(({ policy, rule, position }) => {
      pause()
      return { policy, misses: missesOfRule(seen, policy.meta.namespace, rule, `spec.${key}[${position}]`) }
    })
    .filter(({ misses }) => misses.length > 0)
    .sort((a, b) => farOff(a.misses) - farOff(b.misses))
  if (nearest === undefined) return undefined
  const { meta } = nearest.policy
  const which =
    rules.length === 1
      ? 'its only rule'
      : policies.length === 1
        ? 'its nearest rule'
        : `the nearest one, of \`${meta.namespace}/${meta.name}\`,`
  const isOfNamespace = nearest.misses.some(({ path }) => path.endsWith('.namespaceSelector'))
  return {
    message: `; ${which} asks for ${nearest.misses.map(({ text }) => text).join(' and ')}`,
    because: isOfNamespace ? namespaceOf(seen) : [],
  }
}

/** Whose labels are looked at. */
function namespaceOf({ at: { cluster }, other }: Seen): readonly ResourceRef[] {
  const home = other.kind === 'POD' ? cluster.resources.namespaces.get(other.pod.namespace)?.meta : undefined
  return home === undefined ? [] : [cluster.ref(home, 'metadata.labels')]
}
