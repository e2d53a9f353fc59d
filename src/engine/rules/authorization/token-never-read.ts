/**
 * Do policies look at tokens that no proxy reads?
 *
 * What a token says is known only where a RequestAuthentication has it checked. Without one, what asks for a token never matches, and what excepts
 * tokens excepts none. A provider is asked before tokens are read. Rules AUTHZ-21, AUTHZ-32.
 */
import { jwtRulesFor } from '../../analysis/authorization/jwt-rules-for.js'
import type { AuthorizationPolicy, PolicyRule } from '../../resources/istio/authorization-policy.js'
import { isUnread } from '../sees-all-callers.js'
import type { Breach, Rule } from '../rule.js'
import { hasExceptionsOnly, judgeDead, type Outcome } from './judge-dead.js'
import { type Enforcing, policiesOf } from './policies-of.js'

interface Asked {
  readonly rule: number
  readonly path: string
  readonly negated: boolean
}

const isOfToken = (key: string): boolean => key.startsWith('request.auth.')

/** Where the policy asks for what a token says. */
function* askedOf({ rules }: AuthorizationPolicy): Generator<Asked> {
  for (const [rule, { from, when }] of rules.entries()) {
    for (const [index, source] of from.entries()) {
      const at = `spec.rules[${rule}].from[${index}].source`
      if (source.requestPrincipals.length > 0) yield { rule, path: `${at}.requestPrincipals`, negated: false }
      if (source.notRequestPrincipals.length > 0) yield { rule, path: `${at}.notRequestPrincipals`, negated: true }
    }
    for (const [index, { key, values }] of when.entries())
      if (isOfToken(key)) yield { rule, path: `spec.rules[${rule}].when[${index}]`, negated: values.length === 0 }
  }
}

/** Nobody matches a rule that asks for a token where none is read. */
const isDead = ({ from, when }: PolicyRule): boolean =>
  (from.length > 0 && from.every(({ requestPrincipals }) => requestPrincipals.length > 0)) ||
  when.some(({ key, values }) => isOfToken(key) && values.length > 0)

const readsNone = ({ view, workload }: Enforcing): boolean => jwtRulesFor(view, workload).length === 0

/** An exception that is never met lets more in, or denies more. */
function judgeException({ action, rules }: AuthorizationPolicy, rule: number): Outcome {
  if (action !== 'DENY') return { severity: 'WARNING', effect: 'requests without a token are let in as well' }
  const whole = rules[rule]
  const severity = whole !== undefined && hasExceptionsOnly(whole) ? 'ERROR' : 'WARNING'
  return { severity, effect: 'requests with a token are denied as well' }
}

/** Conditions on tokens where no RequestAuthentication has them read. */
export const tokenNeverRead: Rule = {
  code: 'AUT110',
  name: 'token-never-read',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary: 'A rule is about a token, but no RequestAuthentication makes the proxies read any (AUTHZ-21).',
  *check(snapshot): Iterable<Breach> {
    if (isUnread(snapshot, ['requestAuthentications'])) return
    for (const placed of policiesOf(snapshot)) {
      const { policy, view, at } = placed
      const asked = policy.action === 'ALLOW' || policy.action === 'DENY' ? [...askedOf(policy)] : []
      if (asked.length === 0) continue
      const proxies = at.filter(({ workload }) => workload.dataPlane === 'SIDECAR' || workload.dataPlane === 'GATEWAY')
      const blind = proxies.filter(readsNone)
      if (blind.length === 0) continue
      const judge = judgeDead(placed, isDead, blind)
      for (const one of asked) {
        const { severity, effect } = one.negated ? judgeException(policy, one.rule) : judge(one, blind.length === proxies.length)
        const message = `no RequestAuthentication applies to ${namesOf(blind)}, so no proxy there reads a token: ${effect}; add one with the issuer’s \`jwtRules\` for these workloads`
        yield { on: view.ref(policy.meta, one.path), severity, message }
      }
    }
  },
}

const namesOf = ([first, ...others]: readonly Enforcing[]): string =>
  first === undefined
    ? ''
    : `\`${first.workload.namespace}/${first.workload.owner.name}\`${others.length > 0 ? ` and ${others.length} more` : ''}`
