/**
 * Which services lead to these workloads, whosever the services are?
 *
 * Those that select them, those that have them among their endpoints, and those whose routes send traffic to one of these: a route brings its destination
 * into scope, so that a caller may come to a service that it does not see by the name of one that it sees (VIS-21).
 */
import { inventoryServices } from '../inventory/inventory-services.js'
import type { InventoryService } from '../inventory/inventory.js'
import { endpointsOf } from '../istiod/endpoints/endpoints-of.js'
import { boundGateways } from '../istiod/gateways/gateways-selecting.js'
import { domainSuffix, qualify, widenings, wildcardsAmong } from '../istiod/matching/hosts.js'
import { leadsTo } from '../istiod/virtual-services/leads-to.js'
import { pause } from '../pause.js'
import type { VirtualService } from '../resources/istio/virtual-service.js'
import type { Service } from '../resources/kubernetes/service.js'
import { isWildcard } from '../snapshot/covers.js'
import type { MeshService } from '../snapshot/services/mesh-service.js'
import { servicesSelecting } from '../snapshot/services/services-selecting.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workloads/workload.js'

export function servicesLeadingTo(snapshot: Snapshot, workloads: readonly Workload[]): readonly InventoryService[] {
  const isDirect = leadsByItself(snapshot, workloads)
  const all = inventoryServices(snapshot)
  const direct = new Set(all.filter(isDirect))
  const isRouted = routedTo(snapshot, new Set([...direct].map(({ host }) => host)))
  return all.filter((service) => direct.has(service) || isRouted(service))
}

/** From which calls are sent to one of the hosts. */
export const servicesRoutedTo = (snapshot: Snapshot, hosts: ReadonlySet<string>): readonly InventoryService[] =>
  inventoryServices(snapshot).filter(routedTo(snapshot, hosts))

type Leads = (service: InventoryService) => boolean

function leadsByItself(snapshot: Snapshot, workloads: readonly Workload[]): Leads {
  const selecting = new Set<string>()
  const namespaces = new Set<string>()
  const addresses = new Set<string>()
  for (const workload of workloads) {
    pause()
    const cluster = snapshot.clusters.get(workload.cluster)
    namespaces.add(workload.namespace)
    for (const ip of workload.ips) addresses.add(ip)
    if (cluster === undefined) continue
    for (const service of servicesSelecting(cluster, workload)) {
      selecting.add(`${service.meta.namespace}/${service.meta.name}`)
      for (const address of addressesOf(service, cluster)) addresses.add(address)
    }
  }
  const standing = haveBehind(snapshot, { workloads: new Set(workloads), addresses })
  return (service) => standing.has(service.key) || (namespaces.has(service.namespace) && selectsThem(snapshot, service, selecting))
}

/** What others may write down of a Service to lead to it: its name, and every address at which it is met. */
const addressesOf = ({ meta, clusterIps, externalIps, ingressAddresses }: Service, { clusterDomain }: Cluster): readonly string[] => [
  `${meta.name}.${meta.namespace}.svc.${clusterDomain}`,
  ...clusterIps,
  ...externalIps,
  ...ingressAddresses,
]

/** Where it selects nothing, its endpoints are whoever somebody wrote there. */
function selectsThem(snapshot: Snapshot, { host, namespace, clusters }: InventoryService, selecting: ReadonlySet<string>): boolean {
  const [name = ''] = host.split('.')
  if (clusters.length > 0 && selecting.has(`${namespace}/${name}`)) return true
  return clusters.some((cluster) => {
    const own = snapshot.clusters
      .get(cluster)
      ?.resources.services.get(namespace)
      ?.find(({ meta }) => meta.name === name)
    return own !== undefined && own.selector === undefined && own.type !== 'ExternalName'
  })
}

/** Who may be an endpoint, and where: an address or a name may be written down without a word of who stands there. */
interface Behind {
  readonly workloads: ReadonlySet<Workload>
  readonly addresses: ReadonlySet<string>
}

/** Keys of those that have one of them behind a port, as ServiceEntries and Services without a selector may from any namespace. */
function haveBehind(snapshot: Snapshot, meant: Behind): ReadonlySet<string> {
  const found = new Set<string>()
  for (const name of snapshot.controlPlanes.keys()) {
    const view = snapshot.view(name)
    for (const service of view.services) {
      if (isWritten(service) && hasBehind(view, service, meant)) found.add(`${service.hostname} ${service.namespace}`)
    }
  }
  return found
}

/** Does it lead to whomever somebody wrote down? */
const isWritten = ({ registry, definitions }: MeshService): boolean =>
  registry === 'SERVICE_ENTRY' || definitions.some(({ service }) => service.selector === undefined)

function hasBehind(view: ControlPlaneView, service: MeshService, { workloads, addresses }: Behind): boolean {
  pause()
  return service.ports.some((port) =>
    endpointsOf(view, service, port).some(
      ({ workload, address }) => addresses.has(address) || (workload !== undefined && workloads.has(workload)),
    ),
  )
}

/** Is a call to it sent to one of the hosts, by any control plane's VirtualServices? */
function routedTo(snapshot: Snapshot, hosts: ReadonlySet<string>): Leads {
  const routed = new Set<string>()
  for (const name of snapshot.controlPlanes.keys()) {
    const view = snapshot.view(name)
    const leading = [...view.configuration.virtualServices.values()].flat().filter((item) => {
      pause()
      return [...leadsTo(view, item)].some((host) => hosts.has(host))
    })
    for (const item of leading) for (const host of hostsInMesh(view, item)) routed.add(host)
  }
  const wildcards = wildcardsAmong(routed)
  return ({ host }) => widenings(host, wildcards).some((name) => routed.has(name))
}

/** At a gateway on the way out hosts are those of services too; a wildcard there is for whoever comes in. */
function hostsInMesh(view: ControlPlaneView, { hosts, gateways, meta }: VirtualService): readonly string[] {
  const isInMesh = boundGateways(gateways, meta.namespace).includes('mesh')
  return hosts.map((host) => qualify(host, meta.namespace, domainSuffix(view))).filter((host) => isInMesh || !isWildcard(host))
}
