import type { ResourceRef } from '../../model/resource-ref.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'

/** Why no control plane is known for a proxy. */
export interface Unconfigured {
  /** The one that is stated may not serve it: its proxy never starts. Otherwise nothing says which one does. */
  readonly refused: boolean
  readonly message: string
  readonly because: readonly ResourceRef[]
}

/**
 * A proxy that no known control plane configures: does nobody know which one does, or can the one that is stated not do it?
 *
 * A control plane authenticates proxies against the API server of their cluster, so it serves none of a cluster that it may not read.
 * Rules MODEL-23, MODEL-25.
 */
export function whyUnconfigured({ header, controlPlanes, inconsistencies }: Snapshot, workload: Workload): Unconfigured {
  const entry = header.clusters.find(({ name }) => name === workload.cluster)
  const managers = [entry?.controlPlane?.managedBy ?? []].flat()
  const refused = managers.some((name) => controlPlanes.has(name) || [...controlPlanes.values()].some(({ cluster }) => cluster === name))
  const told = inconsistencies.find(
    ({ code, because }) =>
      code === 'CONTROL_PLANE_UNKNOWN' && because.some(({ kind, name }) => kind === 'Cluster' && name === workload.cluster),
  )
  const message = told?.message ?? `no known control plane configures the proxy of \`${workload.owner.name}\``
  return { refused: refused && told !== undefined, message, because: [workload.ref, ...(told?.because ?? [])] }
}
