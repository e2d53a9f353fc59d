import type { AuthorizationPolicy } from '../../resources/istio/authorization-policy.js'
import type { Labels } from '../../resources/meta.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { DataPlane, Workload } from '../../snapshot/workloads/workload.js'
import { byAge } from '../../snapshot/by-age.js'
import { indexBySelector, type SelectorIndex } from '../../snapshot/selector-index.js'

const indexes = new WeakMap<ControlPlaneView, Map<string, SelectorIndex<AuthorizationPolicy>>>()
const setsByPlace = new WeakMap<ControlPlaneView, Map<string, WeakMap<Labels, PolicySet>>>()

function indexOf(view: ControlPlaneView, namespace: string): SelectorIndex<AuthorizationPolicy> {
  let byNamespace = indexes.get(view)
  if (byNamespace === undefined) indexes.set(view, (byNamespace = new Map()))
  let index = byNamespace.get(namespace)
  if (index === undefined) {
    const policies = [...(view.configuration.authorizationPolicies.get(namespace) ?? [])].sort(byAge)
    byNamespace.set(
      namespace,
      (index = indexBySelector(policies, (policy) => (policy.targetRefs.length > 0 ? {} : (policy.selector ?? {})))),
    )
  }
  return index
}

const gatewayLabel = 'gateway.networking.k8s.io/gateway-name'

function applies(policy: AuthorizationPolicy, workload: Workload): boolean {
  if (policy.action === 'UNKNOWN') return false
  if (policy.targetRefs.length === 0) return true
  // targetRefs mean nothing for pods that no Kubernetes Gateway stands behind (AUTHZ-4).
  const gateway = workload.labels[gatewayLabel]
  return (
    gateway !== undefined &&
    policy.meta.namespace === workload.namespace &&
    policy.targetRefs.some((target) => target.kind === 'Gateway' && target.name === gateway)
  )
}

/** Policies as the server's kind of proxy gets them. */
function isEnforced({ action, rules, targetRefs, dryRun }: AuthorizationPolicy, dataPlane: DataPlane): boolean {
  if (dataPlane === 'PROXYLESS') return action === 'DENY' || (action === 'ALLOW' && rules.length > 0)
  if (dataPlane === 'AMBIENT') return action !== 'CUSTOM' && targetRefs.length === 0 && !dryRun
  return !dryRun || action === 'CUSTOM'
}

/** By action, each in the order of their age. */
export interface PolicySet {
  readonly custom: readonly AuthorizationPolicy[]
  readonly deny: readonly AuthorizationPolicy[]
  readonly allow: readonly AuthorizationPolicy[]
}

const none: PolicySet = { custom: [], deny: [], allow: [] }

/**
 * Policies of the server's control plane that the workload's proxy enforces: those of the root namespace and of its own, all together.
 *
 * Unlike PeerAuthentications, a policy of the root namespace with a selector reaches pods of every namespace. Rules AUTHZ-1 … AUTHZ-6, AUTHZ-33, AUTHZ-40.
 */
export function selectedPolicies(view: ControlPlaneView, workload: Workload): PolicySet {
  const known = setsFor(view, workload)
  let policies = known.get(workload.labels)
  if (policies === undefined) known.set(workload.labels, (policies = findPolicies(view, workload)))
  return policies
}

function findPolicies(view: ControlPlaneView, workload: Workload): PolicySet {
  const namespaces = new Set([view.controlPlane.meshConfig.rootNamespace, workload.namespace])
  const policies = [...namespaces]
    .flatMap((namespace) => indexOf(view, namespace).matching(workload.labels))
    .filter((policy) => applies(policy, workload) && isEnforced(policy, workload.dataPlane))
  if (policies.length === 0) return none
  const of = (action: AuthorizationPolicy['action']): readonly AuthorizationPolicy[] =>
    policies.filter((policy) => policy.action === action)
  return { custom: of('CUSTOM'), deny: of('DENY'), allow: of('ALLOW') }
}

/** What was found for sets of labels in a namespace: equal pods share theirs. */
function setsFor(view: ControlPlaneView, { namespace, dataPlane }: Workload): WeakMap<Labels, PolicySet> {
  let byPlace = setsByPlace.get(view)
  if (byPlace === undefined) setsByPlace.set(view, (byPlace = new Map()))
  const place = `${namespace} ${dataPlane}`
  let known = byPlace.get(place)
  if (known === undefined) byPlace.set(place, (known = new WeakMap()))
  return known
}
