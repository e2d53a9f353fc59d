/** Which authorization policies decide at a port, and which are there for show? Rules AUTHZ-4, AUTHZ-5, AUTHZ-6, AUTHZ-31, AUTHZ-33. */
import { selectedPolicies } from '../../analysis/authorization/selected-policies.js'
import type { AuthorizationPolicy, PolicyRule } from '../../resources/istio/authorization-policy.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Said } from './said.js'

const concern = 'AUTHORIZATION'

export function authorizationAt(view: ControlPlaneView, workload: Workload, port: number): readonly Said[] {
  const { custom, deny, allow } = selectedPolicies(view, workload)
  const inForce = [...custom, ...deny, ...allow]
  return [
    ...(inForce.length === 0 ? [openToAll] : []),
    ...inForce.map(
      (policy): Said => ({ concern, state: 'IN_FORCE', message: whatIt(policy, port), resource: view.ref(policy.meta), by: null }),
    ),
    ...idle(view, workload, new Set(inForce)),
  ]
}

const openToAll: Said = { concern, state: 'IN_FORCE', message: 'everybody may call, as no policy says otherwise', resource: null, by: null }

/** Does the rule say nothing of ports, or anything of this one? */
const isAbout = ({ to }: PolicyRule, port: number): boolean =>
  to.length === 0 || to.some(({ ports, notPorts }) => (ports.length === 0 || ports.includes(`${port}`)) && !notPorts.includes(`${port}`))

function whatIt({ action, rules, provider }: AuthorizationPolicy, port: number): string {
  const about = rules.filter((rule) => isAbout(rule, port)).length
  const which = about === 1 ? 'its rule matches' : `one of its ${about} rules matches`
  if (action === 'CUSTOM') return `asks \`${provider ?? 'an unknown provider'}\` first about what ${which}`
  if (action === 'DENY')
    return about === 0 ? 'denies nothing here: no rule of it is about this port' : `denies what ${which}, whatever lets it in`
  if (rules.length === 0) return 'lets nobody in: it has no rules'
  return about === 0
    ? 'lets nobody in here: no rule of it is about this port'
    : `lets in what ${which}; what no ALLOW policy lets in is denied`
}

/** Those that select the workload, and that its proxy does not enforce. */
function idle(view: ControlPlaneView, { namespace, labels }: Workload, enforced: ReadonlySet<AuthorizationPolicy>): readonly Said[] {
  const places = new Set([view.controlPlane.meshConfig.rootNamespace, namespace])
  return [...places]
    .flatMap((place) => view.configuration.authorizationPolicies.get(place) ?? [])
    .filter((policy) => !enforced.has(policy) && selectorMatches(policy.selector ?? {}, labels))
    .map((policy) => ({ concern, state: 'NOT_ENFORCED', message: whyIdle(policy), resource: view.ref(policy.meta), by: null }))
}

function whyIdle({ dryRun, targetRefs, action }: AuthorizationPolicy): string {
  if (dryRun) return 'it is a dry run: what it would do is logged alone'
  if (targetRefs.length > 0) return 'its `targetRefs` name something else'
  return action === 'UNKNOWN' ? 'its action is none that Istio knows' : 'a proxy of this kind does not enforce it'
}
