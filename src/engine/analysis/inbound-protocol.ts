/**
 * Which protocol does the server's proxy expect at a workload port?
 *
 * The client's idea does not count: the Services of the server's own cluster and namespace that select it decide, the oldest first, and
 * a port that none of them names is detected from the bytes. Rules TLS-12, VIS-16, AUTHZ-25, AUTHZ-26.
 */
import type { Protocol, Service, ServicePort } from '../resources/service.js'
import type { ServiceEntry } from '../resources/service-entry.js'
import type { Cluster, ControlPlaneView } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workload.js'
import { byAge } from './age.js'
import { indexBySelector, type SelectorIndex } from './selector-index.js'
import { selectSidecar } from './sidecar-selection.js'

const services = new WeakMap<Cluster, Map<string, SelectorIndex<Service>>>()
const entries = new WeakMap<ControlPlaneView, Map<string, SelectorIndex<ServiceEntry>>>()

function memoised<K extends object, T>(memo: WeakMap<K, Map<string, T>>, owner: K, key: string, make: () => T): T {
  let byKey = memo.get(owner)
  if (byKey === undefined) memo.set(owner, (byKey = new Map()))
  let value = byKey.get(key)
  if (value === undefined) byKey.set(key, (value = make()))
  return value
}

/** Services of its own cluster and namespace that select the workload, the oldest first. */
export function servicesSelecting(cluster: Cluster, workload: Workload): readonly Service[] {
  const index = memoised(services, cluster, workload.namespace, () => {
    const selecting = (cluster.resources.services.get(workload.namespace) ?? []).filter(
      (service) => service.type !== 'ExternalName' && Object.keys(service.selector ?? {}).length > 0,
    )
    return indexBySelector(selecting.sort(byAge), (service) => service.selector ?? {})
  })
  return index.matching(workload.labels)
}

/** The port of the workload that a Service port leads to; undefined when it names a container port that the workload lacks. */
export const targetPortOf = (port: ServicePort, workload: Workload): number | undefined =>
  typeof port.targetPort === 'number' ? port.targetPort : workload.containerPorts.find(({ name }) => name === port.targetPort)?.number

export function inboundProtocol(view: ControlPlaneView, cluster: Cluster, server: Workload, port: number): Protocol {
  // A Sidecar with ingress listeners replaces the Services' ports: the others are served as undeclared (VIS-16).
  const ingress = server.dataPlane === 'SIDECAR' ? (selectSidecar(view, server.namespace, server.labels)?.ingressPorts ?? []) : []
  if (ingress.length > 0 && !ingress.includes(port)) return 'AUTO'
  for (const service of servicesSelecting(cluster, server)) {
    const declared = service.ports.find((candidate) => targetPortOf(candidate, server) === port)
    if (declared !== undefined) return declared.protocol
  }
  const index = memoised(entries, view, server.namespace, () =>
    indexBySelector(
      (view.configuration.serviceEntries.get(server.namespace) ?? []).filter(
        (entry) => Object.keys(entry.workloadSelector ?? {}).length > 0,
      ),
      (entry) => entry.workloadSelector ?? {},
    ),
  )
  for (const entry of index.matching(server.labels)) {
    const declared = entry.ports.find((candidate) => (candidate.targetPort ?? candidate.number) === port)
    if (declared !== undefined) return declared.protocol
  }
  return 'AUTO'
}
