/**
 * The authorization policies of a document, and the proxies that enforce each.
 *
 * A policy that several control planes read is judged for the proxies of all of them, and told once.
 */
import { selectedPolicies } from '../../analysis/authorization/selected-policies.js'
import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { AuthorizationPolicy } from '../../resources/istio/authorization-policy.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'

/** One of the workloads of a kind whose proxies enforce the same policies. */
export interface Enforcing {
  readonly view: ControlPlaneView
  readonly cluster: Cluster
  readonly workload: Workload
}

export interface PlacedPolicy {
  readonly policy: AuthorizationPolicy
  /** The first control plane that reads it. */
  readonly view: ControlPlaneView
  /** A workload of each kind that it is enforced at. */
  readonly at: readonly Enforcing[]
}

const none: readonly Enforcing[] = []

/** Every policy that some control plane reads, shadows and those without a known action aside; others' turns between them. */
export const policiesOf = (snapshot: Snapshot): Iterable<PlacedPolicy> => pausing(placedPolicies(snapshot))

const placedPolicies = remembered((snapshot: Snapshot): readonly PlacedPolicy[] => {
  const readers = new Map<AuthorizationPolicy, ControlPlaneView>()
  for (const name of snapshot.controlPlanes.keys()) {
    const view = snapshot.view(name)
    for (const policy of pausing([...view.configuration.authorizationPolicies.values()].flat()))
      if (!readers.has(policy) && policy.action !== 'UNKNOWN' && !policy.dryRun) readers.set(policy, view)
  }
  if (readers.size === 0) return []
  const enforced = enforcedAt(snapshot)
  return [...readers].map(([policy, view]) => ({ policy, view, at: enforced.get(policy) ?? none }))
})

/** Instances of one workload are of one kind, and so are all that have the same labels and proxies. */
function enforcedAt(snapshot: Snapshot): ReadonlyMap<AuthorizationPolicy, readonly Enforcing[]> {
  const found = new Map<AuthorizationPolicy, Enforcing[]>()
  for (const cluster of snapshot.clusters.values()) {
    for (const namespace of cluster.namespaceNames) {
      const kinds = new Set<string>()
      for (const workload of pausing(cluster.workloads(namespace))) {
        const { owner, controlPlane, dataPlane } = workload
        const kind = `${owner.kind}/${owner.name} ${dataPlane}`
        if (controlPlane === undefined || kinds.has(kind)) continue
        kinds.add(kind)
        const view = snapshot.view(controlPlane)
        const { allow, custom, deny } = selectedPolicies(view, workload)
        for (const policy of [...custom, ...deny, ...allow]) {
          const known = found.get(policy)
          if (known === undefined) found.set(policy, [{ view, cluster, workload }])
          else known.push({ view, cluster, workload })
        }
      }
    }
  }
  return found
}
