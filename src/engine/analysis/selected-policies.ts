import type { AuthorizationPolicy } from '../resources/authorization-policy.js'
import type { ControlPlaneView } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workload.js'
import { byAge } from './age.js'
import { indexBySelector, type SelectorIndex } from './selector-index.js'

const indexes = new WeakMap<ControlPlaneView, Map<string, SelectorIndex<AuthorizationPolicy>>>()
const byWorkload = new WeakMap<ControlPlaneView, WeakMap<Workload, readonly AuthorizationPolicy[]>>()

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

/**
 * Policies of the server's control plane that apply to the workload: those of the root namespace and of its own, all together.
 *
 * Unlike PeerAuthentications, a policy of the root namespace with a selector reaches pods of every namespace. Rules AUTHZ-1 … AUTHZ-5.
 */
export function selectedPolicies(view: ControlPlaneView, workload: Workload): readonly AuthorizationPolicy[] {
  let known = byWorkload.get(view)
  if (known === undefined) byWorkload.set(view, (known = new WeakMap()))
  let policies = known.get(workload)
  if (policies === undefined) {
    const namespaces = new Set([view.controlPlane.meshConfig.rootNamespace, workload.namespace])
    policies = [...namespaces]
      .flatMap((namespace) => indexOf(view, namespace).matching(workload.labels))
      .filter((policy) => applies(policy, workload))
    known.set(workload, policies)
  }
  return policies
}
