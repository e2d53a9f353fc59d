/**
 * What follows from it that some of what a policy asks for is never met?
 *
 * A dead rule of a DENY policy denies nothing, and one of an ALLOW policy lets nobody in: everybody is denied where nothing else is allowed at the
 * same workload. Rules AUTHZ-6, AUTHZ-7.
 */
import { selectedPolicies } from '../../analysis/authorization/selected-policies.js'
import { remembered } from '../../remembered.js'
import type { Severity } from '../../model/report.js'
import type { AuthorizationPolicy, PolicyRule, PolicySource } from '../../resources/istio/authorization-policy.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Enforcing, PlacedPolicy } from './policies-of.js'

export type IsDead = (rule: PolicyRule, policy: AuthorizationPolicy) => boolean

/** What a policy says that is never met: in which rule, and whether it is an exception. */
interface Unmet {
  readonly rule: number
  readonly negated: boolean
}

export interface Outcome {
  readonly severity: Severity
  /** As the end of a sentence. */
  readonly effect: string
}

/** Is the workload closed to everybody, since of all that its policies allow nothing can match? Allowing nothing on purpose adds nothing. */
const letsNobodyIn = remembered((isDead: IsDead, view: ControlPlaneView, workload: Workload): boolean => {
  const { allow } = selectedPolicies(view, workload)
  return allow.length > 0 && allow.every((policy) => policy.rules.every((rule) => isDead(rule, policy)))
})

/**
 * Judges what a policy asks for in vain; `certain` is false where it may be met one day, by a workload that is to come.
 *
 * `isDead`: can the rule never match, as this reason goes? One function for all policies that are judged, so that a workload is looked at once. `places`: where the policy is enforced, all places unless said otherwise.
 */
export function judgeDead(
  { policy, at }: PlacedPolicy,
  isDead: IsDead,
  places: readonly Enforcing[] = at,
): (unmet: Unmet, certain?: boolean) => Outcome {
  const closes = policy.action === 'ALLOW' && places.some(({ view, workload }) => letsNobodyIn(isDead, view, workload))
  return ({ rule, negated }, certain = true) => {
    if (closes) return { severity: 'ERROR', effect: 'nothing else is allowed, so every request is denied' }
    if (negated) return { severity: 'WARNING', effect: 'nobody is excepted by it' }
    if (policy.action !== 'DENY') return { severity: 'WARNING', effect: 'nobody is let in by it' }
    const whole = policy.rules[rule]
    const evaded = certain && whole !== undefined && isDead(whole, policy)
    return { severity: evaded ? 'ERROR' : 'WARNING', effect: 'nothing is denied by it' }
  }
}

/** Does a rule of a DENY policy match everything, once its exceptions are never met? */
export const hasExceptionsOnly = ({ from, to, when }: PolicyRule): boolean =>
  to.length === 0 && from.some(saysNothing) && when.every(({ values }) => values.length === 0)

const saysNothing = (source: PolicySource): boolean =>
  Object.entries(source).every(([field, values]: [string, readonly string[]]) => field.startsWith('not') || values.length === 0)
