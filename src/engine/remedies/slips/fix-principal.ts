import { flatMap } from '../../flat-map.js'
import type { AuthorizationPolicy } from '../../resources/istio/authorization-policy.js'
import { changeObject } from '../../simulate/change-object.js'
import { configViewOf } from '../config-view.js'
import { principalOf } from '../principal-of.js'
import { patchValues, type Proposal, type Propose, type Replaced } from '../proposal.js'
import { blamedBy, failedFor } from '../situation.js'
import { replacedAt } from './replaced-at.js'

/**
 * An ALLOW policy names the caller's account in another trust domain than the caller's: the same policy with the caller's own.
 *
 * Who had the account in the other trust domain is let in no more, which the summary says. Rule AUTHZ-10.
 */
export const fixPrincipal: Propose = (situation) => {
  const [principal, ...others] = new Set(situation.clients.flatMap(principalOf))
  if (principal === undefined || others.length > 0) return []
  const blamed = failedFor(situation, 'DENIED').flatMap(blamedBy)
  const policies = new Map(blamed.filter(({ kind }) => kind === 'AuthorizationPolicy').map((ref) => [JSON.stringify(ref), ref]))
  return [...policies.values()].flatMap(({ cluster, namespace, name }) => {
    const place = configViewOf(situation.snapshot, cluster)
    const policy = place?.view.configuration.authorizationPolicies.get(namespace ?? '')?.find(({ meta }) => meta.name === name)
    return place === undefined || policy?.action !== 'ALLOW' ? [] : correcting(place.cluster, policy, principal)
  })
}

interface Place {
  readonly rule: number
  readonly from: number
  readonly at: number
  readonly written: string
}

const correcting = (cluster: string, policy: AuthorizationPolicy, principal: string): readonly Proposal[] => {
  const [place] = placesOf(policy, principal)
  if (place === undefined) return []
  const { namespace, name } = policy.meta
  const changed: Replaced = { path: `spec.rules[${place.rule}].from[${place.from}].source.principals[${place.at}]`, value: principal }
  const summary = `let AuthorizationPolicy \`${namespace}/${name}\` name the caller in its own trust domain: \`${principal}\` in the place of \`${place.written}\`, which it then allows no more; if callers of \`${domainIn(place.written)}\` are still meant, add a policy beside it instead`
  return [
    patchValues(summary, cluster, policy.meta, [changed], (resources) =>
      changeObject(resources, 'authorizationPolicies', policy, (object) => naming(object, place, principal)),
    ),
  ]
}

/** Where the same account of another trust domain stands; patterns are somebody's intention. */
const placesOf = ({ rules }: AuthorizationPolicy, principal: string): readonly Place[] =>
  flatMap(rules, (rule, ruleAt) =>
    flatMap(rule.from, (source, fromAt) =>
      flatMap(source.principals, (written, at) =>
        written !== principal && !written.includes('*') && accountIn(written) === accountIn(principal)
          ? [{ rule: ruleAt, from: fromAt, at, written }]
          : [],
      ),
    ),
  )

/** `ns/NAMESPACE/sa/NAME`, without the trust domain. */
const accountIn = (principal: string): string => principal.slice(principal.indexOf('/') + 1)

const domainIn = (principal: string): string => principal.slice(0, principal.indexOf('/'))

const naming = (policy: AuthorizationPolicy, { rule, from, at }: Place, principal: string): AuthorizationPolicy => ({
  ...policy,
  rules: replacedAt(policy.rules, rule, (one) => ({
    ...one,
    from: replacedAt(one.from, from, (source) => ({ ...source, principals: replacedAt(source.principals, at, () => principal) })),
  })),
})
