import type { ControlPlane, Snapshot } from '../../snapshot/snapshot.js'
import { headerRef } from '../../snapshot/references.js'
import type { Breach, Rule } from '../rule.js'

const reads = (reader: ControlPlane, cluster: string): boolean => reader.remoteSecrets.value?.includes(cluster) ?? false

/** Control planes by the cluster that is their own. */
const byConfigCluster = (snapshot: Snapshot): Map<string, ControlPlane[]> => {
  const found = new Map<string, ControlPlane[]>()
  for (const plane of snapshot.controlPlanes.values()) {
    if (plane.configCluster !== undefined) found.set(plane.configCluster, [...(found.get(plane.configCluster) ?? []), plane])
  }
  return found
}

export const oneWayRemoteSecret: Rule = {
  code: 'CTL101',
  name: 'one-way-remote-secret',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'Of two control planes of one mesh only one discovers the other’s endpoints (MODEL-22).',
  *check(snapshot): Iterable<Breach> {
    const homes = byConfigCluster(snapshot)
    for (const reader of snapshot.controlPlanes.values()) {
      for (const cluster of reader.remoteSecrets.value ?? []) {
        for (const other of homes.get(cluster) ?? []) {
          const known = other.remoteSecrets.value !== undefined && reader.configCluster !== undefined
          if (!known || other.mesh !== reader.mesh || reads(other, reader.configCluster ?? '')) continue
          yield {
            on: headerRef('Cluster', cluster, 'remoteSecrets'),
            message: `control plane \`${reader.name}\` reads cluster \`${cluster}\`, but control plane \`${other.name}\` has no remote secret for \`${reader.configCluster}\`: its proxies do not find the endpoints there`,
          }
        }
      }
    }
  },
}
