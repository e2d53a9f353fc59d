/**
 * Which hosts and addresses lead to these workloads?
 *
 * Services that select them or have them among their endpoints, and their own addresses: whoever knows an address may dial it past every service, and what
 * hides a service hides no address (VIS-31). One address stands for all instances of a kind.
 */
import { kindsIn } from '../analysis/likeness/kind-of.js'
import { inventoryServices } from '../inventory/inventory-services.js'
import type { InventoryService } from '../inventory/inventory.js'
import { endpointsOf } from '../istiod/endpoints/endpoints-of.js'
import { pause } from '../pause.js'
import type { MeshService } from '../snapshot/services/mesh-service.js'
import { servicesSelecting } from '../snapshot/services/services-selecting.js'
import type { ControlPlaneView, Snapshot } from '../snapshot/snapshot.js'
import { isEmptyTemplate, type Workload } from '../snapshot/workloads/workload.js'
import { type Called, callsTo } from './called.js'
import type { Means } from './end.js'
import { portsOfWorkload } from './ports-of-workload.js'
import { tenantsAt } from './unit.js'

export function waysTo(snapshot: Snapshot, workloads: readonly Workload[]): readonly Called[] {
  const meant = new Set(workloads)
  const means: Means = (workload) => meant.has(workload)
  const services = leadingTo(snapshot, workloads, meant)
  return [...services.flatMap((service) => callsTo(snapshot, service, means)), ...addressesOf(snapshot, workloads)]
}

function leadingTo(snapshot: Snapshot, workloads: readonly Workload[], meant: ReadonlySet<Workload>): readonly InventoryService[] {
  const selecting = new Set<string>()
  const namespaces = new Set<string>()
  for (const workload of workloads) {
    pause()
    const cluster = snapshot.clusters.get(workload.cluster)
    namespaces.add(workload.namespace)
    if (cluster === undefined) continue
    for (const { meta } of servicesSelecting(cluster, workload)) selecting.add(`${meta.namespace}/${meta.name}`)
  }
  const entries = entriesLeadingTo(snapshot, meant)
  return inventoryServices(snapshot).filter((service) => {
    if (service.clusters.length === 0) return entries.has(service.key)
    return namespaces.has(service.namespace) && leadsThere(snapshot, service, selecting)
  })
}

/** Where it selects nothing, its endpoints are whoever somebody wrote there. */
function leadsThere(snapshot: Snapshot, { host, namespace, clusters }: InventoryService, selecting: ReadonlySet<string>): boolean {
  const [name = ''] = host.split('.')
  if (selecting.has(`${namespace}/${name}`)) return true
  return clusters.some((cluster) => {
    const own = snapshot.clusters
      .get(cluster)
      ?.resources.services.get(namespace)
      ?.find(({ meta }) => meta.name === name)
    return own !== undefined && own.selector === undefined && own.type !== 'ExternalName'
  })
}

/** Keys of the ServiceEntries that have one of them behind a port. */
function entriesLeadingTo(snapshot: Snapshot, meant: ReadonlySet<Workload>): ReadonlySet<string> {
  const found = new Set<string>()
  for (const name of snapshot.controlPlanes.keys()) {
    const view = snapshot.view(name)
    for (const service of view.services) {
      if (service.registry === 'SERVICE_ENTRY' && hasBehind(view, service, meant)) found.add(`${service.hostname} ${service.namespace}`)
    }
  }
  return found
}

function hasBehind(view: ControlPlaneView, service: MeshService, meant: ReadonlySet<Workload>): boolean {
  pause()
  return service.ports.some((port) =>
    endpointsOf(view, service, port).some(({ workload }) => workload !== undefined && meant.has(workload)),
  )
}

/** The first of each owner and kind that has an address, at every port that it or a Service of its declares. */
function addressesOf(snapshot: Snapshot, workloads: readonly Workload[]): readonly Called[] {
  const kindOf = kindsIn(snapshot).servers
  const kinds = new Map<string, Workload[]>()
  for (const workload of workloads) {
    pause()
    if (workload.ips.length === 0 || isEmptyTemplate(workload)) continue
    const { cluster, namespace, owner } = workload
    const key = `${cluster}/${namespace}/${owner.kind}/${owner.name} ${kindOf(workload)}`
    const alike = kinds.get(key)
    if (alike === undefined) kinds.set(key, [workload])
    else alike.push(workload)
  }
  return [...kinds.values()].flatMap((alike) => callsOf(snapshot, alike))
}

function callsOf(snapshot: Snapshot, [first, ...rest]: readonly Workload[]): readonly Called[] {
  const cluster = first && snapshot.clusters.get(first.cluster)
  if (first === undefined || cluster === undefined) return []
  const [address = ''] = first.ips
  return portsOfWorkload(cluster, first).map((port) => ({
    key: `~ ${cluster.name}/${first.namespace}/${first.owner.name} ${address} ${`${port}`.padStart(5, '0')}`,
    kind: 'ADDRESS',
    service: undefined,
    host: () => address,
    name: address,
    namespace: first.namespace,
    clusters: [cluster.name],
    port,
    tenants: tenantsAt(snapshot, cluster, first.namespace),
    means: undefined,
    others: rest.flatMap(({ ips }) => ips.slice(0, 1)),
  }))
}
