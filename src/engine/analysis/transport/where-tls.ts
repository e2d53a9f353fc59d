import type { ResourceRef } from '../../model/resource-ref.js'
import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import type { ClientTls } from '../../resources/istio/traffic-policy.js'
import type { RuleInForce } from '../../istiod/destination-rules/rule-in-force.js'
import { titleOf } from '../../snapshot/references.js'
import { atPath } from '../call/at-path.js'

interface Where {
  readonly because: readonly ResourceRef[]
  /** Of a DestinationRule, as sentences call it. */
  readonly name: string
}

/** Whose TLS settings are these? Of several rules that are merged, that of the one that has them, with the field (ROUTE-23). */
export const whereTls = (rule: RuleInForce | undefined, tls: ClientTls, subset: string): Where =>
  rule === undefined ? { because: [], name: 'the DestinationRule' } : find(rule, tls, subset)

/** Asked for every endpoint, and there may be as many rules for a host as somebody writes. */
const find = remembered(({ rules, because }: RuleInForce, tls: ClientTls, subset: string): Where => {
  for (const [place, one] of pausing(rules.entries())) {
    const path = pathIn(one, tls, subset)
    if (path === undefined) continue
    const named = because.map((ref, at) => (at === place ? atPath(ref, 'DestinationRule', path) : ref))
    return { because: named, name: titleOf(one.meta) }
  }
  const [only, ...others] = rules
  return { because, name: only === undefined || others.length > 0 ? 'the DestinationRule' : titleOf(only.meta) }
})

function pathIn({ policy, subsets }: DestinationRule, tls: ClientTls, subset: string): string | undefined {
  if (policy?.tls === tls) return 'spec.trafficPolicy.tls.mode'
  const index = subset === '' ? -1 : subsets.findIndex(({ name }) => name === subset)
  return subsets[index]?.policy?.tls === tls ? `spec.subsets[${index}].trafficPolicy.tls.mode` : undefined
}
