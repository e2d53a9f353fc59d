/**
 * Do policies ask for principals of an issuer whose tokens no proxy there takes?
 *
 * A request principal is `issuer/subject` of a token that a RequestAuthentication takes, so it begins with the issuer of one of its rules. Rule AUTHZ-21.
 */
import { jwtRulesFor } from '../../analysis/authorization/jwt-rules-for.js'
import { mayBePrincipal } from '../../analysis/authorization/matches-claim.js'
import { listSome } from '../../analysis/answer/list-some.js'
import type { AuthorizationPolicy } from '../../resources/istio/authorization-policy.js'
import { isUnread } from '../sees-all-callers.js'
import type { Breach, Rule } from '../rule.js'
import { policiesOf } from './policies-of.js'

interface Asked {
  readonly path: string
  readonly principals: readonly string[]
  readonly effect: string
}

/** Where the policy asks for principals of tokens, or excepts some. */
function* askedOf({ action, rules }: AuthorizationPolicy): Generator<Asked> {
  for (const [rule, { from }] of rules.entries()) {
    for (const [index, { requestPrincipals, notRequestPrincipals }] of from.entries()) {
      const at = `spec.rules[${rule}].from[${index}].source`
      const effect = action === 'DENY' ? 'nothing is denied by it' : 'nobody is let in by it'
      yield { path: `${at}.requestPrincipals`, principals: requestPrincipals, effect }
      yield { path: `${at}.notRequestPrincipals`, principals: notRequestPrincipals, effect: 'nobody is excepted by it' }
    }
  }
}

export const principalOfOtherIssuer: Rule = {
  code: 'AUT116',
  name: 'principal-of-other-issuer',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'A rule asks for request principals of an issuer whose tokens no RequestAuthentication there takes (AUTHZ-21).',
  *check(snapshot): Iterable<Breach> {
    if (isUnread(snapshot, ['requestAuthentications'])) return
    for (const { policy, view, at } of policiesOf(snapshot)) {
      if (policy.action !== 'ALLOW' && policy.action !== 'DENY') continue
      const asked = [...askedOf(policy)].filter(({ principals }) => principals.length > 0)
      if (asked.length === 0) continue
      const issuers = [...new Set(at.flatMap((one) => jwtRulesFor(one.view, one.workload).map(({ rule }) => rule.issuer)))]
      if (issuers.length === 0) continue
      for (const { path, principals, effect } of asked) {
        if (principals.some((one) => mayBePrincipal(one, issuers))) continue
        const message = `${listSome(principals)} can be no token’s: those that are taken there are issued by ${listSome(issuers)}, and a principal is \`issuer/subject\`; ${effect}`
        yield { on: view.ref(policy.meta, path), message }
      }
    }
  },
}
