import { deniesUnasked, type ExtAuthz, findExtAuthz } from '../../analysis/authorization/find-ext-authz.js'
import { selectedPolicies } from '../../analysis/authorization/selected-policies.js'
import { isOn } from '../../snapshot/flags.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { type PlacedPolicy, policiesOf } from './policies-of.js'

interface Fault {
  readonly why: string
  readonly advice: string
}

/** Another provider of a workload: with two, whatever either matches is denied. */
function secondProvider({ policy, at }: PlacedPolicy): Fault | undefined {
  for (const { view, workload } of at) {
    if (isOn(view.controlPlane, 'PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS')) continue
    const other = selectedPolicies(view, workload).custom.find(({ provider }) => provider !== policy.provider)
    if (other === undefined) continue
    const name = `${other.meta.namespace}/${other.meta.name}`
    const why = `\`${workload.owner.name}\` has a second provider, \`${other.provider ?? ''}\`, by AuthorizationPolicy \`${name}\``
    return { why, advice: 'let one provider decide for the workload' }
  }
  return undefined
}

/** That nobody stands behind its service is said of the service, and pods come and go. */
const whyDenying = (asked: ExtAuthz): string | undefined => asked.fault ?? (asked.empty ? undefined : deniesUnasked(asked))

/** Of the first workload that has one. */
function findFault(at: PlacedPolicy['at'], provider: string, view: ControlPlaneView): string | undefined {
  if (at.length === 0) return whyDenying(findExtAuthz(view, provider))
  for (const one of at) {
    const why = whyDenying(findExtAuthz(one.view, provider, one.workload))
    if (why !== undefined) return why
  }
  return undefined
}

/** Why the proxies deny what the policy matches; undefined: they ask its provider. */
function faultOf(placed: PlacedPolicy): Fault | undefined {
  const { policy, view, at } = placed
  const second = secondProvider(placed)
  if (second !== undefined) return second
  const fault = findFault(at, policy.provider ?? '', view)
  return fault === undefined ? undefined : { why: fault, advice: 'name one of `extensionProviders` of MeshConfig that can be asked' }
}

/** A CUSTOM policy whose provider cannot be asked: what it matches is denied. */
export const unusableProvider: Rule = {
  code: 'AUT108',
  name: 'unusable-provider',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary: 'The provider of a CUSTOM policy cannot be asked, and so every request that the policy matches is denied (AUTHZ-30).',
  *check(snapshot): Iterable<Breach> {
    for (const placed of policiesOf(snapshot)) {
      const { policy, view, at } = placed
      if (policy.action !== 'CUSTOM' || policy.rules.length === 0) continue
      const fault = faultOf(placed)
      if (fault === undefined) continue
      // Where MeshConfig is not in the document, the providers are elsewhere as well.
      const given = view.controlPlane.meshConfig.because.length > 0
      const severity = !given ? 'INFO' : at.length > 0 ? 'ERROR' : 'WARNING'
      yield {
        on: view.ref(policy.meta, 'spec.provider'),
        severity,
        message: given
          ? `every request that the policy matches is denied: ${fault.why}; ${fault.advice}`
          : `whether the requests that the policy matches are let in needs MeshConfig, which the document does not hold: ${fault.why}`,
      }
    }
  },
}
