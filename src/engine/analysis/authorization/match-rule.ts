/**
 * Does one rule of an authorization policy match a request?
 *
 * Fields of one source or operation must all hold, values of a field are alternatives, and `not…` values must all miss. What the chain cannot
 * see, and values Istio cannot use, drop an ALLOW rule but leave the rest of a DENY rule, which gets wider. Rules AUTHZ-7, AUTHZ-8, AUTHZ-23, AUTHZ-24, AUTHZ-40.
 */
import { flatMap } from '../../flat-map.js'
import { pause } from '../../pause.js'
import type { AuthorizationPolicy } from '../../resources/istio/authorization-policy.js'
import { matchAttribute } from './attributes.js'
import type { Field, RuleFields } from './policy-reader.js'
import type { PolicyRequest } from './policy-request.js'
import { allOf, anyOf, no, not, type Ternary, yes } from './ternary.js'

/** undefined: the rule is dropped. */
type Matched = Ternary | undefined

/** Matches one field of a rule of the policy against one request. */
export function fieldMatcher(policy: AuthorizationPolicy, request: PolicyRequest): (field: Field) => Matched {
  const allows = policy.action === 'ALLOW'
  const { namespace } = policy.meta
  return ({ attribute, values, notValues, pruned }) => {
    if (attribute.http && request.chain !== 'HTTP') return allows ? undefined : yes
    if (allows && pruned) return undefined
    const anyMatches = (list: readonly string[]): Ternary =>
      attribute.takesAll?.(list) === true ? yes : anyOf(flatMap(list, (value) => matchAttribute(attribute, value, request, namespace)))
    const met = values.length > 0 ? anyMatches(values) : yes
    return notValues.length === 0 ? met : allOf([met, not(anyMatches(notValues))])
  }
}

/** Matches a rule of the policy against one request. */
export function matchRule(policy: AuthorizationPolicy, { from, to, when }: RuleFields, request: PolicyRequest): Matched {
  pause()
  const matchField = fieldMatcher(policy, request)

  const matchEntry = (fields: readonly Field[]): Matched => {
    pause()
    // ztunnel: an entry of which nothing is left matches nothing, the opposite of a TCP chain (AUTHZ-40).
    const emptied = request.chain === 'ZTUNNEL' && fields.length > 0 && fields.every(({ attribute }) => attribute.http)
    const matched = allHold(fields.map(matchField))
    return matched !== undefined && emptied ? no : matched
  }

  const matchEntries = (entries: readonly (readonly Field[])[]): Matched => {
    if (entries.length === 0) return yes
    const matched = entries.map(matchEntry)
    return areKept(matched) ? anyOf(matched) : undefined
  }

  return allHold([
    matchEntries(from),
    matchEntries(to),
    ...when.map((condition) => (condition === undefined ? undefined : matchEntry(condition))),
  ])
}

const areKept = (terms: readonly Matched[]): terms is readonly Ternary[] => !terms.includes(undefined)

const allHold = (terms: readonly Matched[]): Matched => (areKept(terms) ? allOf(terms) : undefined)
