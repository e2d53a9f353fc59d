import type { ControlPlane, Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { findMissing } from './asked.js'
import { nameMissing } from './leave-open.js'

/** Secrets and ConfigMaps that would have shown the certificates of a control plane and its clusters, where they could not be read; else nothing. */
export const nameUnreadRoots = (snapshot: Snapshot, controlPlanes: readonly ControlPlane[], clusters: readonly Cluster[]): string => {
  const systems = controlPlanes.map(({ systemNamespace }) => systemNamespace)
  const hosts = controlPlanes.flatMap(({ cluster, configCluster }) => [cluster, configCluster])
  const places = new Set([...clusters, ...hosts.map((name) => snapshot.clusters.get(name ?? ''))])
  const missing = findMissing([...places].map((cluster) => ({ cluster, kinds: ['secrets', 'configMaps'] as const, namespaces: systems })))
  return missing.length === 0 ? '' : `; could not be read: ${nameMissing(missing)}`
}
