/**
 * Which mutual TLS mode does this control plane's configuration give a workload's port?
 *
 * The server's control plane enforces it, the client's predicts with its own PeerAuthentications (TLS-4): callers choose
 * the view. The nearest level whose mode is set decides, and at each level only the oldest policy counts.
 * Rules TLS-1, TLS-2, TLS-3.
 */
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Labels } from '../../resources/meta.js'
import type { MutualTlsMode, PeerAuthentication } from '../../resources/istio/peer-authentication.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { byAge } from '../../snapshot/by-age.js'
import { indexBySelector, type SelectorIndex } from '../../snapshot/selector-index.js'
import { remembered } from '../../remembered.js'

export type EffectiveMode = Exclude<MutualTlsMode, 'UNSET'>

export interface ModeDecision {
  readonly mode: EffectiveMode
  /** The policy that set the mode; empty when none does and PERMISSIVE is the default. */
  readonly because: readonly ResourceRef[]
}

interface NamespaceModes {
  /** Mesh and namespace levels only: what the client's cluster-wide decision looks at (TLS-6). */
  readonly broad: ModeDecision
  readonly workloadPolicies: SelectorIndex<PeerAuthentication>
}

const selects = (policy: PeerAuthentication): boolean => Object.keys(policy.selector ?? {}).length > 0

function broadMode(view: ControlPlaneView, namespace: string): ModeDecision {
  const root = view.controlPlane.meshConfig.rootNamespace
  const levels = namespace === root ? [root] : [namespace, root]
  for (const level of levels) {
    const policies = view.configuration.peerAuthentications.get(level) ?? []
    const oldest = policies.filter((policy) => !selects(policy)).sort(byAge)[0]
    if (oldest !== undefined && oldest.mode !== 'UNSET') return { mode: oldest.mode, because: [view.ref(oldest.meta, 'spec.mtls.mode')] }
  }
  return { mode: 'PERMISSIVE', because: [] }
}

const modesOf = remembered((view: ControlPlaneView, namespace: string): NamespaceModes => {
  // A policy with a selector in the root namespace is ignored, also for the root namespace's own workloads (TLS-1).
  const isRoot = namespace === view.controlPlane.meshConfig.rootNamespace
  const policies = isRoot ? [] : (view.configuration.peerAuthentications.get(namespace) ?? []).filter(selects).sort(byAge)
  return {
    broad: broadMode(view, namespace),
    workloadPolicies: indexBySelector(policies, (policy) => policy.selector ?? {}),
  }
})

/** Mode of the namespace and mesh levels alone. */
export function namespaceMutualTlsMode(view: ControlPlaneView, namespace: string): ModeDecision {
  return modesOf(view, namespace).broad
}

/**
 * Effective mode for workloads with these labels at this workload (target) port.
 *
 * Port-level modes are read only from the chosen workload policy; a port without one inherits the workload's mode.
 */
export function mutualTlsMode(view: ControlPlaneView, namespace: string, labels: Labels, port: number): ModeDecision {
  const modes = modesOf(view, namespace)
  const [policy] = modes.workloadPolicies.matching(labels)
  if (policy === undefined) return modes.broad
  const portMode = policy.portModes[port]
  if (portMode !== undefined && portMode !== 'UNSET') {
    return { mode: portMode, because: [view.ref(policy.meta, `spec.portLevelMtls.${port}.mode`)] }
  }
  if (policy.mode !== 'UNSET') return { mode: policy.mode, because: [view.ref(policy.meta, 'spec.mtls.mode')] }
  return modes.broad
}
