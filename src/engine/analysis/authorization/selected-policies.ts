import type { AuthorizationPolicy } from '../../resources/istio/authorization-policy.js'
import type { ScopedPolicy } from '../../resources/istio/scoped-policy.js'
import type { Labels } from '../../resources/meta.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { DataPlane, Workload } from '../../snapshot/workloads/workload.js'
import { allLooks, type Look, noLooks } from '../call/look.js'
import { addressLooks } from './address-looks.js'
import { byAge } from '../../snapshot/by-age.js'
import { indexBySelector, type SelectorIndex } from '../../snapshot/selector-index.js'
import { remembered } from '../../remembered.js'

const gatewayLabel = 'gateway.networking.k8s.io/gateway-name'

/** A policy by labels of the pods that it may be for. */
interface Selecting {
  readonly policy: AuthorizationPolicy
  readonly selector: Labels
}

const indexOf = remembered((view: ControlPlaneView, namespace: string): SelectorIndex<Selecting> => {
  const policies = [...(view.configuration.authorizationPolicies.get(namespace) ?? [])].sort(byAge)
  return indexBySelector(policies.flatMap(selectingOf), ({ selector }) => selector)
})

/** One with `targetRefs` is for pods of the Gateways among them; a namespace in ambient mode may have one for each of its services. */
function selectingOf(policy: AuthorizationPolicy): readonly Selecting[] {
  if (policy.targetRefs.length === 0) return [{ policy, selector: policy.selector ?? {} }]
  const gateways = policy.targetRefs.filter(({ kind }) => kind === 'Gateway').map(({ name }) => name)
  return [...new Set(gateways)].map((name) => ({ policy, selector: { [gatewayLabel]: name } }))
}

type Placed = Pick<Workload, 'namespace' | 'labels'>

/** Is the workload behind the Kubernetes Gateway that the policy names? `targetRefs` mean nothing for other pods (AUTHZ-4). */
export function targetsWorkload({ meta, targetRefs }: Pick<ScopedPolicy, 'meta' | 'targetRefs'>, { labels, namespace }: Placed): boolean {
  const gateway = labels[gatewayLabel]
  const isMeant = gateway !== undefined && meta.namespace === namespace
  return isMeant && targetRefs.some((target) => target.kind === 'Gateway' && target.name === gateway)
}

const applies = (policy: AuthorizationPolicy, workload: Placed): boolean =>
  policy.action !== 'UNKNOWN' && (policy.targetRefs.length === 0 || targetsWorkload(policy, workload))

/** Policies as the server's kind of proxy gets them. */
function isEnforced({ action, rules, targetRefs, dryRun, emptySelector }: AuthorizationPolicy, dataPlane: DataPlane): boolean {
  if (dataPlane === 'PROXYLESS') return action === 'DENY' || (action === 'ALLOW' && rules.length > 0)
  // ztunnel attaches a policy with an empty selector to nothing (AMB-36).
  if (dataPlane === 'AMBIENT') return action !== 'CUSTOM' && targetRefs.length === 0 && !dryRun && emptySelector === undefined
  return !dryRun || action === 'CUSTOM'
}

/** By action, each in the order of their age. */
export interface PolicySet {
  readonly custom: readonly AuthorizationPolicy[]
  readonly deny: readonly AuthorizationPolicy[]
  readonly allow: readonly AuthorizationPolicy[]
  /** Whose addresses the rules look at (AUTHZ-18, AUTHZ-22). */
  readonly lookedAt: readonly Look[]
}

const none: PolicySet = { custom: [], deny: [], allow: [], lookedAt: noLooks }

/**
 * Policies of the server's control plane that the workload's proxy enforces: those of the root namespace and of its own, all together.
 *
 * Unlike PeerAuthentications, a policy of the root namespace with a selector reaches pods of every namespace. Rules AUTHZ-1 … AUTHZ-6, AUTHZ-33, AUTHZ-40, AMB-36.
 */
export const selectedPolicies = (view: ControlPlaneView, { namespace, dataPlane, labels }: Workload): PolicySet =>
  findPolicies(view, namespace, dataPlane, labels)

const findPolicies = remembered((view: ControlPlaneView, namespace: string, dataPlane: DataPlane, labels: Labels): PolicySet => {
  const namespaces = new Set([view.controlPlane.meshConfig.rootNamespace, namespace])
  const policies = [...namespaces]
    .flatMap((one) =>
      indexOf(view, one)
        .matching(labels)
        .map(({ policy }) => policy),
    )
    .filter((policy) => applies(policy, { namespace, labels }) && isEnforced(policy, dataPlane))
  if (policies.length === 0) return none
  const of = (action: AuthorizationPolicy['action']): readonly AuthorizationPolicy[] =>
    policies.filter((policy) => policy.action === action)
  return { custom: of('CUSTOM'), deny: of('DENY'), allow: of('ALLOW'), lookedAt: allLooks(policies.map(addressLooks)) }
})
