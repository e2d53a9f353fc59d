/**
 * Whom does a packet meet that is sent to an address and port: a Service's instances, an instance itself, or nobody the topology knows?
 *
 * Physics only: no proxy, no policy. A ClusterIP answers inside its own cluster, a stated gateway only on the networks it says.
 * Rules NET-7, NET-37, ROUTE-32, ROUTE-34.
 */
import { flatMap } from '../../flat-map.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { GatewayHeader } from '../../model/topology/gateway-header.js'
import type { Service, ServicePort } from '../../resources/kubernetes/service.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { isMachine, type Workload } from '../../snapshot/workloads/workload.js'
import { type Holder, holdersOf, nodePortHolder, statedGatewayAt } from './holders-of.js'
import { apiServerName, readServiceName } from '../../snapshot/services/service-names.js'
import { findService } from '../../snapshot/services/find-service.js'
import { serviceNamed } from '../../snapshot/services/service-named.js'
import { podHostnames } from '../../snapshot/workloads/pod-hostnames.js'
import { dialledAt } from './dialled-at.js'
import { clusterEndpoints } from '../../istiod/endpoints/endpoints-of.js'
import { ipFamily } from '../../istiod/matching/ip-family.js'
import { reachesDirectly } from './physical-network.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import { findVacancy } from './find-vacancy.js'
import { entriesFor } from '../name/ask-stub-domain.js'
import { searchCandidates } from '../name/search-candidates.js'
import { type Asking, meansService, unknownNamespace } from '../name/known-elsewhere.js'

interface Dialled {
  readonly address: string
  readonly port: number
}

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
  | { readonly kind: 'NOT_LISTENING' | 'NOT_ROUTED' | 'NOT_RESOLVED'; readonly message: string; readonly because: readonly ResourceRef[] }
  | { readonly kind: 'NAME_UNKNOWN'; readonly message: string }
  | { readonly kind: 'VACANT'; readonly cluster: Cluster; readonly range: string }
  /** `address`: what an alias of the cluster's DNS stands for, else what was dialled. */
  | { readonly kind: 'OUTSIDE'; readonly address: string }

/** A Service's port, met at its number, or at its node port on a node's address. */
export function arriveAtService({ cluster, service, kind }: Holder, port: number): Arrival {
  const atNode = service.ports.find(({ nodePort }) => nodePort === port)
  const declared = service.ports.find(({ number }) => number === port) ?? (kind === 'EXTERNAL' ? atNode : undefined)
  const ref = cluster.ref(service.meta, 'spec.ports')
  if (declared === undefined) {
    const besides = atNode === undefined ? '' : `, which is a node port, at addresses of nodes alone: its own is ${atNode.number}`
    const message = `Service \`${service.meta.namespace}/${service.meta.name}\` of \`${cluster.name}\` has no port ${port}${besides}`
    return { kind: 'NOT_LISTENING', message, because: [ref] }
  }
  const all = clusterEndpoints(cluster, service.meta.namespace, service.meta.name)
  const endpoints = all.filter((endpoint) => endpoint.portName === declared.name && endpoint.health === 'HEALTHY')
  return { kind: 'SERVICE', cluster, service, port: declared, endpoints, external: kind === 'EXTERNAL' }
}

/** What `from` meets at the address, or at the name that its own cluster's DNS answers. */
export function arriveAt(snapshot: Snapshot, from: Workload, address: string, port: number): Arrival {
  const own = snapshot.clusters.get(from.cluster)
  if (own === undefined || ipFamily(address) !== undefined) return arriveAtAddress(snapshot, from, address, port)
  const asked = address.toLowerCase()
  const { hostname, meant } = lookUp(own, from, asked)
  if (typeof meant !== 'string') {
    if (meant.headless) return arriveAtPods(snapshot, own, { service: meant, pod: readServiceName(hostname, own.clusterDomain)?.pod }, port)
    return arriveAtService({ cluster: own, service: meant, kind: 'CLUSTER_IP' }, port)
  }
  return nowhere({ snapshot, cluster: own }, meant, address) ?? arriveAtAddress(snapshot, from, meant, port)
}

/** The Service that the pod's resolver finds by the name and its search path, or the name that is left (DNS-2, DNS-6). */
function lookUp(own: Cluster, from: Workload, asked: string): { readonly hostname: string; readonly meant: Service | string } {
  for (const hostname of searchCandidates(asked, from.namespace, own.clusterDomain)) {
    const meant = serviceNamed(own, hostname)
    if (meant !== hostname) return { hostname, meant }
  }
  return { hostname: asked, meant: asked }
}

/** No Service has the name. Does that say that there is no address for it, or that something of the cluster's is not given (DNS-6)? */
function nowhere(asking: Asking, name: string, address: string): Arrival | undefined {
  const { cluster } = asking
  if (searchCandidates(name, 'default', cluster.clusterDomain).includes(apiServerName(cluster.clusterDomain)) || name === 'localhost')
    return undefined
  const circling = aliasNamed(cluster, name)
  if (circling?.externalName !== undefined) {
    const message = `\`${address}\` leads from one ExternalName of cluster \`${cluster.name}\` to the next without end, so its DNS has no address for it`
    return { kind: 'NOT_RESOLVED', message, because: [cluster.ref(circling.meta, 'spec.externalName')] }
  }
  if (meansService(asking, name)) {
    const message = `cluster \`${cluster.name}\` has no Service that \`${name}\` names, so its DNS has no address for \`${address}\``
    return { kind: 'NOT_RESOLVED', message, because: [] }
  }
  const namespace = unknownNamespace(asking, name)
  const isStated = [...asking.snapshot.clusters.values()].some(({ resources }) => entriesFor(resources, name).length > 0)
  if (namespace === undefined || isStated) return undefined
  const message = `\`${name}\` is a Service of namespace \`${namespace}\` first of all, and no cluster of the document has that namespace; give its objects, or the full name of a host outside`
  return { kind: 'NAME_UNKNOWN', message }
}

function aliasNamed(cluster: Cluster, hostname: string): Service | undefined {
  const asked = readServiceName(hostname, cluster.clusterDomain)
  return asked === undefined ? undefined : findService(cluster, asked.namespace, asked.name)
}

/** A ClusterIP answers inside its own cluster alone. */
const meets = ({ kind, cluster }: Holder, from: Workload): boolean => kind === 'EXTERNAL' || cluster.name === from.cluster

function arriveAtAddress(snapshot: Snapshot, from: Workload, address: string, port: number): Arrival {
  const holder = holdersOf(snapshot, address, from.cluster)[0] ?? nodePortHolder(snapshot, address, port)
  if (holder !== undefined && meets(holder, from)) return arriveAtService(holder, port)
  const stated = statedGatewayAt(snapshot, address)
  if (stated !== undefined) return { kind: 'STATED', gateway: stated, cluster: snapshot.clusters.get(stated.cluster) }
  const instance = ipFamily(address) === undefined ? undefined : instanceAt(snapshot, from, address)
  if (instance !== undefined) return instance
  if (holder !== undefined) return foreignClusterIp(holder, from, address)
  const vacancy = findVacancy(snapshot, from.cluster, address)
  return vacancy === undefined ? { kind: 'OUTSIDE', address } : { kind: 'VACANT', ...vacancy }
}

/** A headless name is answered with the ready pods themselves, one of them where it is a pod's own: the port dialled is theirs (DNS-4). */
function arriveAtPods(
  snapshot: Snapshot,
  cluster: Cluster,
  { service, pod }: { readonly service: Service; readonly pod: string | undefined },
  port: number,
): Arrival {
  const all = clusterEndpoints(cluster, service.meta.namespace, service.meta.name).filter(({ health }) => health === 'HEALTHY')
  const pods =
    pod === undefined
      ? all
      : all.filter(({ workload }) => workload !== undefined && podHostnames(cluster, workload, service.meta.name).includes(pod))
  const met = new Map(pods.map((endpoint) => [endpoint.address, dialledAt(snapshot, endpoint, port)]))
  const listening = [...met.values()].filter(({ closed }) => closed === undefined)
  const name = `Service \`${service.meta.namespace}/${service.meta.name}\` of \`${cluster.name}\``
  const [declared] = service.ports
  if (declared === undefined || (met.size > 0 && listening.length === 0)) {
    const message = `the pods behind headless ${name} do not listen at port ${port}, which is dialled as it is`
    return { kind: 'NOT_LISTENING', message, because: [cluster.ref(service.meta, 'spec.ports')] }
  }
  return { kind: 'SERVICE', cluster, service, port: declared, endpoints: listening, external: false }
}

function foreignClusterIp({ cluster, service }: Holder, from: Workload, address: string): Arrival {
  const message = `\`${address}\` is a ClusterIP of \`${cluster.name}\` and leads nowhere from \`${from.cluster}\``
  return { kind: 'NOT_ROUTED', message, because: [cluster.ref(service.meta, 'spec.clusterIP')] }
}

/**
 * The pod with this IP: of the own cluster, else of one that packets reach; equal addresses on separate networks are no conflict (NET-37). A
 * WorkloadEntry counts where no pod has the address.
 */
function instanceAt(snapshot: Snapshot, from: Workload, address: string): Arrival | undefined {
  const standing = instancesAt(snapshot, from, address)
  const within = standing.filter((workload) => reachesDirectly(snapshot, from, workload))
  const met = within.find((workload) => !isMachine(workload)) ?? within[0]
  if (met !== undefined) return { kind: 'INSTANCE', workload: met }
  const unreachable = standing.at(-1)
  if (unreachable === undefined) return undefined
  const message = `\`${address}\` is a pod of \`${unreachable.cluster}\`, on a network that \`${from.cluster}\` does not route to`
  return { kind: 'NOT_ROUTED', message, because: [unreachable.ref] }
}

/** What each cluster has at the address, the own one first. */
function instancesAt({ clusters }: Snapshot, { cluster: own }: Workload, address: string): readonly Workload[] {
  const ordered = [...clusters.values()].sort((a, b) => Number(b.name === own) - Number(a.name === own))
  return flatMap(ordered, (cluster) => cluster.workloadByIp(address) ?? [])
}

/** What a WorkloadEntry calls a machine may be the address of a Service: whoever dials it meets what stands behind that, or that nothing does. */
export function serviceInstead(snapshot: Snapshot, from: Workload, server: Workload, { address, port }: Dialled): Arrival | undefined {
  if (!isMachine(server)) return undefined
  const [holder] = holdersOf(snapshot, address, from.cluster)
  return holder !== undefined && meets(holder, from) ? arriveAtService(holder, port) : undefined
}

/** The pod that packets to the server meet: itself, or for what a WorkloadEntry says of an address the pod that has it. */
export function standingFor(snapshot: Snapshot, from: Workload, server: Workload): Workload {
  const [address] = server.ips
  if (!isMachine(server) || address === undefined) return server
  const pods = instancesAt(snapshot, from, address).filter((workload) => !isMachine(workload))
  return pods.find((workload) => reachesDirectly(snapshot, from, workload)) ?? server
}
