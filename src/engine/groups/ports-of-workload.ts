import { servicesSelecting, targetPortOf } from '../snapshot/services/services-selecting.js'
import type { Cluster } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workloads/workload.js'

/** Ports of the proxy beside it, which nobody calls for the workload. */
const ofProxies: ReadonlySet<number> = new Set([15_000, 15_001, 15_004, 15_006, 15_008, 15_009, 15_020, 15_021, 15_053, 15_090])

/** Every port at which the workload may be called over TCP: those that it or a Service of its declares. */
export function portsOfWorkload(cluster: Cluster, workload: Workload): readonly number[] {
  const own = workload.containerPorts.flatMap(({ number, protocol }) =>
    (protocol ?? 'TCP') === 'TCP' && !ofProxies.has(number) ? [number] : [],
  )
  const led = servicesSelecting(cluster, workload).flatMap(({ ports }) =>
    ports.flatMap((port) => (port.protocol === 'UDP' ? [] : (targetPortOf(port, workload) ?? []))),
  )
  return [...new Set([...own, ...led])].toSorted((a, b) => a - b)
}
