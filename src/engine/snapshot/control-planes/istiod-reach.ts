import type { Assumption } from '../../model/step.js'
import { headerRef } from '../references.js'
import type { Cluster, ControlPlane, Snapshot } from '../snapshot.js'

const discoveryPort = 15012

/** A stated address, or a load balancer that takes istiod's port: what expose-istiod sets up on the east-west gateway. */
const isExposed = (plane: ControlPlane, home: Cluster): boolean =>
  plane.address !== undefined ||
  [...home.resources.services.values()]
    .flat()
    .some(({ type, ports }) => type === 'LoadBalancer' && ports.some(({ number }) => number === discoveryPort))

/**
 * Do a remote cluster's proxies get to their istiod at all? On another network they do only where it is exposed; where nothing
 * says so they are taken to, since a mesh whose proxies have no configuration would hardly be asked about.
 *
 * Rule MODEL-26.
 */
export function istiodReachAssumptions({
  clusters,
  controlPlanes,
  routable,
}: Pick<Snapshot, 'clusters' | 'controlPlanes' | 'routable'>): readonly Assumption[] {
  return [...clusters.values()].flatMap((cluster) => {
    const plane = controlPlanes.get(cluster.managedBy[0] ?? '')
    const home = clusters.get(plane?.cluster ?? '')
    if (plane === undefined || home === undefined || home === cluster) return []
    if (routable(cluster.network.value ?? '', home.network.value ?? '') || isExposed(plane, home)) return []
    return [
      {
        code: 'ISTIOD_REACH_ASSUMED',
        message: `nothing exposes control plane \`${plane.name}\` to network \`${cluster.network.value}\`: proxies in cluster \`${cluster.name}\` are taken to reach it`,
        because: [headerRef('Cluster', cluster.name, 'controlPlane')],
      },
    ]
  })
}
