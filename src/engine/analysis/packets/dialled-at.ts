/**
 * Does anything listen at a port of an instance that no Service leads to?
 *
 * Where the dialled port is kept, a Service's target port does not count: the application has to listen at the very port that is dialled. What it
 * listens at is known from its container ports and from the Services that lead to it. Rules EDS-14, DNS-4, ROUTE-32.
 */
import type { Service } from '../../resources/kubernetes/service.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { servicesSelecting, targetPortOf } from '../../snapshot/services/services-selecting.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'

/** The ports that an instance surely has. */
function listensAt(snapshot: Snapshot, workload: Workload, port: number): boolean {
  if (workload.containerPorts.some(({ number }) => number === port)) return true
  const cluster = snapshot.clusters.get(workload.cluster)
  const leading: readonly Service[] = cluster === undefined ? [] : servicesSelecting(cluster, workload)
  return leading.some(({ ports }) => ports.some((declared) => targetPortOf(declared, workload) === port))
}

/** The endpoint as it is met at the dialled port instead of at its own. */
export function dialledAt(snapshot: Snapshot, endpoint: Endpoint, port: number): Endpoint {
  if (endpoint.port === port) return endpoint
  const { workload, port: own } = endpoint
  if (workload !== undefined && listensAt(snapshot, workload, port)) return { ...endpoint, port }
  return { ...endpoint, port, closed: { own } }
}
