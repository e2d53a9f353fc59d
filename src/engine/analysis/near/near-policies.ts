/**
 * Which authorization policies nearly decided about a request, and why did they not?
 *
 * Of those in force the rules that missed; besides, those that only write a log, and those that do not hold for the server. Rules AUTHZ-1 … AUTHZ-6, AUTHZ-31.
 */
import { listSome } from '../answer/list-some.js'
import type { NearMiss } from '../../model/step.js'
import type { AuthorizationPolicy } from '../../resources/istio/authorization-policy.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import { policyReader } from '../authorization/policy-reader.js'
import type { PolicyRequest } from '../authorization/policy-request.js'
import { type RuleMiss, ruleMisses, tellMisses } from '../authorization/rule-misses.js'
import type { PolicySet } from '../authorization/selected-policies.js'
import { byName, mostCompared, nearMiss } from './near-miss.js'
import { inNamespaceOfCaller, inOtherClusters, type Missed, nearlySelecting } from './missed.js'

export interface MissedByPolicies extends Missed {
  readonly policies: PolicySet
  readonly request: PolicyRequest
  readonly isAllowed: boolean
}

const kind = 'authorizationPolicies'

export function nearPolicies(missed: MissedByPolicies): readonly NearMiss[] {
  const { view, request, policies, isAllowed } = missed
  const { fieldsOf } = policyReader(view, request.chain === 'ZTUNNEL')
  const tell = (verb: string) => (miss: RuleMiss) =>
    nearMiss(view.ref(miss.policy.meta, miss.misses[0]?.().path ?? `spec.rules[${miss.rule}]`), `${verb} ${tellMisses(miss.misses)}`)
  const nearest = (list: readonly AuthorizationPolicy[]): readonly RuleMiss[] => ruleMisses(list, fieldsOf, request).slice(0, mostCompared)
  const allowing = isAllowed ? [] : nearest(policies.allow).map(tell('allows only what has'))
  const denying = nearest(policies.deny).map(tell('denies only what has'))
  return [
    ...allowing,
    ...shadows(missed),
    ...nearlySelecting(missed, kind),
    ...byTarget(missed),
    ...denying,
    ...inNamespaceOfCaller(missed, kind),
    ...inOtherClusters(missed, kind),
  ]
}

const inForce = ({ view, server }: Missed): readonly AuthorizationPolicy[] => {
  const namespaces = new Set([server.namespace, view.controlPlane.meshConfig.rootNamespace])
  return [...namespaces].flatMap((namespace) =>
    [...(view.configuration.authorizationPolicies.get(namespace) ?? [])].sort(byName).slice(0, mostCompared),
  )
}

/** Policies for the server that only write into its log what they would do (AUTHZ-31). */
const shadows = (missed: Missed): readonly NearMiss[] =>
  inForce(missed).flatMap(({ meta, dryRun, action, selector, targetRefs }) =>
    dryRun && action !== 'CUSTOM' && targetRefs.length === 0 && selectorMatches(selector ?? {}, missed.server.labels)
      ? [
          nearMiss(
            missed.view.ref(meta, 'metadata.annotations'),
            'is a dry run (`istio.io/dry-run`): what it says is written into a log, and nothing more',
          ),
        ]
      : [],
  )

/** Policies that name a gateway or a service, and therefore say nothing of other pods (AUTHZ-4). */
const byTarget = (missed: MissedByPolicies): readonly NearMiss[] => {
  const { view, server, policies } = missed
  const applied = new Set([...policies.allow, ...policies.deny, ...policies.custom])
  return inForce(missed).flatMap((policy) => {
    const { meta, targetRefs } = policy
    if (targetRefs.length === 0 || applied.has(policy) || !targetRefs.some(({ name }) => name === server.owner.name)) return []
    const targets = targetRefs.map((target) => `${target.kind}/${target.name}`)
    const why = isForWaypoints(policy) ? 'the call comes past any' : `\`${server.owner.name}\` is no pod of it`
    const whom = isForWaypoints(policy) ? `waypoints in front of ${listSome(targets)}` : listSome(targets)
    return [nearMiss(view.ref(meta, 'spec.targetRefs'), `is for ${whom}, and ${why}`)]
  })
}

/** Who names services speaks to waypoints (AMB-52). */
const isForWaypoints = ({ targetRefs }: AuthorizationPolicy): boolean =>
  targetRefs.every(({ kind }) => kind === 'Service' || kind === 'ServiceEntry')
