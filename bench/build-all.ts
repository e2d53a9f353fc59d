import type { Snapshot } from '#engine/snapshot/snapshot'

/** Everything that is built only when it is asked for: all workloads, and each control plane's view. */
export function buildAll(snapshot: Snapshot): Snapshot {
  for (const cluster of snapshot.clusters.values()) for (const namespace of cluster.namespaceNames) cluster.workloads(namespace)
  for (const name of snapshot.controlPlanes.keys()) snapshot.view(name)
  return snapshot
}
