/**
 * Whom does a packet meet that is sent to an address and port: a Service's instances, an instance itself, or nobody the topology knows?
 *
 * Physics only: no proxy, no policy. A ClusterIP answers inside its own cluster, a stated gateway only on the networks it says.
 * Rules NET-7, NET-37, ROUTE-32, ROUTE-34.
 */
import type { ResourceRef } from '../../model/resource-ref.js'
import type { GatewayHeader } from '../../model/topology-document.js'
import type { Service, ServicePort } from '../../resources/kubernetes/service.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { type Holder, holdersOf, nodePortHolder, statedGatewayAt } from './holders-of.js'
import { readServiceName } from '../../snapshot/services/service-names.js'
import { findService } from '../../snapshot/services/find-service.js'
import { clusterEndpoints } from '../../istiod/endpoints/endpoints-of.js'
import { ipFamily } from '../../istiod/matching/ip-family.js'
import { reachesDirectly } from './physical-network.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import { findVacancy } from './find-vacancy.js'

/** A Service's port met, with the ready instances behind it. */
export interface ServiceArrival {
  readonly kind: 'SERVICE'
  readonly cluster: Cluster
  readonly service: Service
  readonly port: ServicePort
  readonly endpoints: readonly Endpoint[]
  /** Entered from outside the cluster, not by its ClusterIP. */
  readonly external: boolean
}

export type Arrival =
  | ServiceArrival
  | { readonly kind: 'INSTANCE'; readonly workload: Workload }
  | { readonly kind: 'STATED'; readonly gateway: GatewayHeader; readonly cluster: Cluster | undefined }
  | { readonly kind: 'NOT_LISTENING' | 'NOT_ROUTED'; readonly message: string; readonly because: readonly ResourceRef[] }
  | { readonly kind: 'VACANT'; readonly cluster: Cluster; readonly range: string }
  | { readonly kind: 'OUTSIDE' }

/** A Service's port, met at its number, or at its node port on a node's address. */
export function arriveAtService({ cluster, service, kind }: Holder, port: number): Arrival {
  const declared = service.ports.find(({ number }) => number === port) ?? service.ports.find(({ nodePort }) => nodePort === port)
  const ref = cluster.ref(service.meta, 'spec.ports')
  if (declared === undefined) {
    const message = `Service \`${service.meta.namespace}/${service.meta.name}\` of \`${cluster.name}\` has no port ${port}`
    return { kind: 'NOT_LISTENING', message, because: [ref] }
  }
  const all = clusterEndpoints(cluster, service.meta.namespace, service.meta.name)
  const endpoints = all.filter((endpoint) => endpoint.portName === declared.name && endpoint.health === 'HEALTHY')
  return { kind: 'SERVICE', cluster, service, port: declared, endpoints, external: kind === 'EXTERNAL' }
}

/** What `from` meets at the address. */
export function arriveAt(snapshot: Snapshot, from: Workload, address: string, port: number): Arrival {
  const holder = holderOf(snapshot, from, address, port)
  if (holder !== undefined && (holder.kind === 'EXTERNAL' || holder.cluster.name === from.cluster)) return arriveAtService(holder, port)
  const stated = statedGatewayAt(snapshot, address)
  if (stated !== undefined) return { kind: 'STATED', gateway: stated, cluster: snapshot.clusters.get(stated.cluster) }
  const instance = ipFamily(address) === undefined ? undefined : instanceAt(snapshot, from, address)
  if (instance !== undefined) return instance
  if (holder !== undefined) return foreignClusterIp(holder, from, address)
  const vacancy = findVacancy(snapshot, from.cluster, address)
  return vacancy === undefined ? { kind: 'OUTSIDE' } : { kind: 'VACANT', ...vacancy }
}

/** The Service that the name means in the client's own cluster, or that has the address. */
function holderOf(snapshot: Snapshot, from: Workload, address: string, port: number): Holder | undefined {
  const own = snapshot.clusters.get(from.cluster)
  const asked = own === undefined ? undefined : readServiceName(address, own.clusterDomain)
  const service = own === undefined || asked === undefined ? undefined : findService(own, asked.namespace, asked.name)
  if (own !== undefined && service !== undefined) return { cluster: own, service, kind: 'CLUSTER_IP' }
  return holdersOf(snapshot, address, from.cluster)[0] ?? nodePortHolder(snapshot, address, port)
}

function foreignClusterIp({ cluster, service }: Holder, from: Workload, address: string): Arrival {
  const message = `\`${address}\` is a ClusterIP of \`${cluster.name}\` and leads nowhere from \`${from.cluster}\``
  return { kind: 'NOT_ROUTED', message, because: [cluster.ref(service.meta, 'spec.clusterIP')] }
}

/** The pod with this IP: of the own cluster, else of one that packets reach; equal addresses on separate networks are no conflict (NET-37). */
function instanceAt(snapshot: Snapshot, from: Workload, address: string): Arrival | undefined {
  const own = snapshot.clusters.get(from.cluster)?.workloadByIp(address)
  if (own !== undefined) return { kind: 'INSTANCE', workload: own }
  let unreachable: Workload | undefined
  for (const cluster of snapshot.clusters.values()) {
    const workload = cluster.name === from.cluster ? undefined : cluster.workloadByIp(address)
    if (workload === undefined) continue
    if (reachesDirectly(snapshot, from, workload)) return { kind: 'INSTANCE', workload }
    unreachable = workload
  }
  if (unreachable === undefined) return undefined
  const message = `\`${address}\` is a pod of \`${unreachable.cluster}\`, on a network that \`${from.cluster}\` does not route to`
  return { kind: 'NOT_ROUTED', message, because: [unreachable.ref] }
}
