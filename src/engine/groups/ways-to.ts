/**
 * Which hosts and addresses lead to these workloads?
 *
 * Services, and their own addresses: whoever knows an address may dial it past every service, and what hides a service hides no address (VIS-31). One address
 * stands for all instances of a kind.
 */
import { kindsIn } from '../analysis/likeness/kind-of.js'
import { pause } from '../pause.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { isEmptyTemplate, type Workload } from '../snapshot/workloads/workload.js'
import { type Called, callsTo } from './called.js'
import type { Means } from './end.js'
import { portsOfWorkload } from './ports-of-workload.js'
import { servicesLeadingTo } from './services-leading-to.js'
import { tenantsAt } from './unit.js'

export function waysTo(snapshot: Snapshot, workloads: readonly Workload[]): readonly Called[] {
  const meant = new Set(workloads)
  const means: Means = (workload) => meant.has(workload)
  return [
    ...servicesLeadingTo(snapshot, workloads).flatMap((service) => callsTo(snapshot, service, means)),
    ...addressesOf(snapshot, workloads),
  ]
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
