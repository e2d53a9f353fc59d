import type { Cluster, ControlPlane, Snapshot } from '../snapshot.js'

/**
 * Clusters whose registries a control plane reads: its config cluster, then those of its remote secrets in name order.
 *
 * Rules EDS-1, MODEL-20, MODEL-22. With unknown secrets these are at least the clusters whose proxies it manages.
 */
export const visibleClustersOf = (snapshot: Snapshot, controlPlane: ControlPlane): readonly Cluster[] => {
  const secrets = controlPlane.remoteSecrets.value
  const managed = [...snapshot.clusters.values()].filter((cluster) => cluster.managedBy.includes(controlPlane.name))
  const remote = secrets ?? managed.map((cluster) => cluster.name).sort()
  const names = new Set([...(controlPlane.configCluster === undefined ? [] : [controlPlane.configCluster]), ...remote])
  return [...names].flatMap((name) => snapshot.clusters.get(name) ?? [])
}
