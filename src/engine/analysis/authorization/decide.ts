/**
 * What do all policies of a workload together say about one request?
 *
 * CUSTOM, then DENY, then ALLOW: any match of a DENY ends it, and once a workload has an ALLOW policy one of its rules must match. What the question
 * leaves open is kept as a condition that says which value would allow and which deny. Rules AUTHZ-6, AUTHZ-7, AUTHZ-9, AUTHZ-30 … AUTHZ-33, AUTHZ-40.
 */
import { flatMap } from '../../flat-map.js'
import { listSome } from '../answer/list-some.js'
import { isOn } from '../../snapshot/flags.js'
import { runsCustomDry } from '../../snapshot/releases.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { NamingConditionCode } from '../../model/conditions.js'
import type { Condition } from '../../model/step.js'
import { conditionOn } from '../call/condition.js'
import type { AuthorizationPolicy } from '../../resources/istio/authorization-policy.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { policyReader } from './policy-reader.js'
import type { PolicyRequest } from './policy-request.js'
import { noToken } from './token-state.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { deniesUnasked, type ExtAuthz, findExtAuthz } from './find-ext-authz.js'
import { matchRule } from './match-rule.js'
import { refsOfMisses, ruleMisses, tellMisses } from './rule-misses.js'
import type { PolicySet } from './selected-policies.js'
import type { Ternary } from './ternary.js'
import { whyDenied, whyNoneAllows, whyNoneDenies } from './why-none-allows.js'

export interface Decision {
  readonly verdict: 'ALLOWED' | 'DENIED' | 'DEPENDS'
  readonly message: string
  readonly because: readonly ResourceRef[]
  readonly conditions: readonly Condition[]
  /** The sentence says already what of the request is refused. */
  readonly saysWhat?: boolean
}

interface Hit {
  readonly policy: AuthorizationPolicy
  readonly rule: number
  readonly match: Ternary
}

const noHits: readonly Hit[] = []

const nameOf = ({ meta }: AuthorizationPolicy): string => `${meta.namespace}/${meta.name}`

/** Rules that match or may match, with their place in the policy. */
const hitsOf = (view: ControlPlaneView, policies: readonly AuthorizationPolicy[], request: PolicyRequest): readonly Hit[] => {
  if (policies.length === 0) return noHits
  const reader = policyReader(view, request.chain === 'ZTUNNEL')
  return flatMap(policies, (policy) =>
    flatMap(policy.rules, (rule, position) => {
      const match = matchRule(policy, reader.fieldsOf(rule), request)
      return match === undefined || match.value === 'NO' ? noHits : [{ policy, rule: position, match }]
    }),
  )
}

/** `server`: whose proxy decides. */
export function decide(view: ControlPlaneView, policies: PolicySet, request: PolicyRequest, server?: Workload): Decision {
  const refOf = ({ policy, rule }: Hit): ResourceRef => view.ref(policy.meta, `spec.rules[${rule}]`)
  const custom = policies.custom.length === 0 ? undecided : customDecision(view, policies.custom, request, refOf, server)
  if (custom.verdict === 'DENIED') return custom

  const denying = hitsOf(view, policies.deny, request)
  const denied = denying.find(({ match }) => match.value === 'YES')
  if (denied !== undefined) {
    const atProxy = whyDenied(view, denied.policy.rules[denied.rule], request)
    return {
      verdict: 'DENIED',
      message: `AuthorizationPolicy \`${nameOf(denied.policy)}\` denies it${atProxy.message}`,
      because: [refOf(denied), ...atProxy.because],
      conditions: [],
    }
  }
  const barring = denying.map((hit) => mayDeny(hit, refOf(hit)))
  const allowPolicies = policies.allow
  const allowing = hitsOf(view, allowPolicies, request)
  const allowed = allowing.find(({ match }) => match.value === 'YES')
  if (allowPolicies.length > 0 && allowing.length === 0) {
    return {
      verdict: 'DENIED',
      ...whyNotAllowed(view, allowPolicies, request),
      conditions: [],
    }
  }
  const opening = allowed === undefined ? allowing.map((hit) => mustAllow(hit, refOf(hit))) : []
  const conditions = [...custom.conditions, ...barring, ...opening]
  if (conditions.length > 0) {
    const on = [...new Set(conditions.map((each) => each.on))].join(', ')
    return {
      verdict: 'DEPENDS',
      message: `the server’s authorization policies decide by ${on}`,
      because: flatMap(conditions, (each) => each.because),
      conditions,
    }
  }
  if (allowed === undefined) {
    const message = `no authorization policy denies it${whyNoneDenies(view, policies.deny, request)}`
    return { verdict: 'ALLOWED', message, because: [], conditions: [] }
  }
  return {
    verdict: 'ALLOWED',
    message: `AuthorizationPolicy \`${nameOf(allowed.policy)}\` allows it`,
    because: [refOf(allowed)],
    conditions: [],
  }
}

/** The rule that comes nearest, and the fields in which it misses. */
function whyNotAllowed(
  view: ControlPlaneView,
  policies: readonly AuthorizationPolicy[],
  request: PolicyRequest,
): Pick<Decision, 'message' | 'saysWhat' | 'because'> {
  const message = `no rule of AuthorizationPolicy ${listSome(policies.map(nameOf))} allows it`
  const because = policies.map(({ meta }) => view.ref(meta))
  const atProxy = whyNoneAllows(view, policies, request)
  if (atProxy !== undefined)
    return { message: `${message}${atProxy.message}`, because: [...because, ...atProxy.because], saysWhat: atProxy.saysWhat }
  const count = policies.reduce((sum, { rules }) => sum + rules.length, 0)
  if (count === 0) return { message: `${message}, as there are none`, because }
  const [nearest] = ruleMisses(policies, policyReader(view, request.chain === 'ZTUNNEL').fieldsOf, request)
  if (nearest === undefined) return { message, because }
  const which =
    count === 1 ? 'its only rule' : policies.length === 1 ? 'its nearest rule' : `the nearest one, of \`${nameOf(nearest.policy)}\`,`
  return {
    message: `${message}; ${which} wants ${tellMisses(nearest.misses)}`,
    because: [...because, ...refsOfMisses(nearest.misses)],
    saysWhat: true,
  }
}

const mayDeny = (hit: Hit, ref: ResourceRef): Condition => depending('POLICY_MAY_DENY', hit, ref, 'denies the request if')
const mustAllow = (hit: Hit, ref: ResourceRef): Condition => depending('POLICY_MUST_ALLOW', hit, ref, 'allows the request only if')

function depending(code: NamingConditionCode, { policy, match }: Hit, ref: ResourceRef, says: string): Condition {
  const on = [...new Set(match.open.map((open) => open.on))].join(', ')
  const tests = [...new Set(match.open.map((open) => open.test))].join(', ')
  return conditionOn(code, on, `AuthorizationPolicy \`${nameOf(policy)}\` ${says} it has ${tests}`, [ref])
}

const undecided: Decision = { verdict: 'ALLOWED', message: '', because: [], conditions: [] }

/** The provider's answer is not known offline; one that does not exist denies what its rules match (AUTHZ-30, AUTHZ-31). */
function customDecision(
  view: ControlPlaneView,
  policies: readonly AuthorizationPolicy[],
  request: PolicyRequest,
  refOf: (hit: Hit) => ResourceRef,
  server: Workload | undefined,
): Decision {
  const several =
    new Set(policies.map(({ provider }) => provider)).size > 1 && !isOn(view.controlPlane, 'PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS')
  const providerOf = ({ policy }: Hit): ExtAuthz => findExtAuthz(view, policy.provider ?? '', server)
  const faultOf = (hit: Hit): string | undefined =>
    several ? 'the workload has several providers' : (providerOf(hit).fault ?? deniesUnasked(providerOf(hit)))
  // Tokens are read after the provider is asked, so none is there yet (AUTHZ-32).
  const hits = hitsOf(view, policies, { ...request, token: noToken }).filter(
    (hit) => several || acts(view, hit.policy, request.chain, providerOf(hit)),
  )
  const denied = hits.find((hit) => hit.match.value === 'YES' && faultOf(hit) !== undefined)
  if (denied !== undefined) {
    return {
      verdict: 'DENIED',
      message: `AuthorizationPolicy \`${nameOf(denied.policy)}\` denies it, since ${faultOf(denied)}`,
      because: [refOf(denied), ...(several ? [] : providerOf(denied).because)],
      conditions: [],
    }
  }
  const conditions = hits.map((hit) => {
    if (faultOf(hit) !== undefined) return mayDeny(hit, refOf(hit))
    const message = `AuthorizationPolicy \`${nameOf(hit.policy)}\` leaves the decision to provider \`${hit.policy.provider ?? ''}\``
    return conditionOn('PROVIDER_DECIDES', `provider ${hit.policy.provider ?? ''}`, message, [refOf(hit)])
  })
  return { verdict: conditions.length > 0 ? 'DEPENDS' : 'ALLOWED', message: '', because: [], conditions }
}

/**
 * A provider that speaks HTTP has no say on a TCP chain, nor has one of a shadow policy before 1.30, nor one that nobody gets to and that lets in what it is
 * not asked about (AUTHZ-30, AUTHZ-31).
 */
function acts(view: ControlPlaneView, { dryRun }: AuthorizationPolicy, chain: PolicyRequest['chain'], asked: ExtAuthz): boolean {
  if (dryRun && !runsCustomDry(view.controlPlane)) return false
  if (asked.fault !== undefined) return true
  const isLetIn = asked.unreached !== undefined && deniesUnasked(asked) === undefined
  return !isLetIn && (chain === 'HTTP' || asked.provider?.kind !== 'HTTP_AUTHORIZATION')
}
