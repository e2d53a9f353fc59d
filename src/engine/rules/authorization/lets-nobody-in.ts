import { selectedPolicies } from '../../analysis/authorization/selected-policies.js'
import type { AuthorizationPolicy, PolicyRule } from '../../resources/istio/authorization-policy.js'
import type { Enforcing } from './policies-of.js'

/** Is the workload closed to everybody, since of all that its policies allow nothing can match? Allowing nothing on purpose adds nothing. */
export function letsNobodyIn({ view, workload }: Enforcing, isDead: (rule: PolicyRule, policy: AuthorizationPolicy) => boolean): boolean {
  const { allow } = selectedPolicies(view, workload)
  return allow.length > 0 && allow.every((policy) => policy.rules.every((rule) => isDead(rule, policy)))
}
