import { servicesSelecting } from '../../snapshot/services/services-selecting.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'

const meshed = ({ dataPlane }: Workload): boolean => dataPlane !== 'NONE'

/** Ztunnels tunnel between captured pods, and what has a sidecar or is a gateway takes part as its control plane decides (NP-16). */
export const mayBeHbone = (opener: Workload, server: Workload): boolean =>
  meshed(opener) && meshed(server) && (opener.dataPlane === 'AMBIENT' || server.dataPlane === 'AMBIENT')

const label = 'istio.io/use-waypoint'

/** Is the server stated to stand behind a waypoint, which would be the peer instead of the client (NP-17)? */
export const mayPassWaypoint = (snapshot: Snapshot, opener: Workload, server: Workload): boolean => {
  const cluster = snapshot.clusters.get(server.cluster)
  if (cluster === undefined || !mayBeHbone(opener, server)) return false
  const namespace = cluster.resources.namespaces.get(server.namespace)?.meta.labels
  const services = servicesSelecting(cluster, server).map(({ meta }) => meta.labels)
  return [server.labels, namespace, ...services].some((labels) => (labels?.[label] ?? 'none') !== 'none')
}
