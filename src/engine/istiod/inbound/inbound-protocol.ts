/**
 * Which protocol does the server's proxy expect at a workload port?
 *
 * The client's idea does not count: the Services of the server's own cluster and namespace that select it decide, the oldest first, and
 * a port that none of them names is detected from the bytes. Rules TLS-12, VIS-16, AUTHZ-25, AUTHZ-26.
 */
import type { Protocol } from '../../resources/kubernetes/protocol.js'
import type { ServiceEntry } from '../../resources/istio/service-entry.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { indexBySelector, type SelectorIndex } from '../../snapshot/selector-index.js'
import { selectSidecar } from '../scope/select-sidecar.js'
import { servicesSelecting, targetPortOf } from '../../snapshot/services/services-selecting.js'
import { remembered } from '../../remembered.js'

const selectingEntries = remembered((view: ControlPlaneView, namespace: string): SelectorIndex<ServiceEntry> => {
  const entries = view.configuration.serviceEntries.get(namespace) ?? []
  const selecting = entries.filter(({ workloadSelector }) => Object.keys(workloadSelector ?? {}).length > 0)
  return indexBySelector(selecting, (entry) => entry.workloadSelector ?? {})
})

export function inboundProtocol(view: ControlPlaneView, cluster: Cluster, server: Workload, port: number): Protocol {
  // A Sidecar with ingress listeners replaces the Services' ports: the others are served as undeclared (VIS-16).
  const ingress = server.dataPlane === 'SIDECAR' ? (selectSidecar(view, server.namespace, server.labels)?.ingressPorts ?? []) : []
  if (ingress.length > 0 && !ingress.includes(port)) return 'AUTO'
  for (const service of servicesSelecting(cluster, server)) {
    const declared = service.ports.find((candidate) => targetPortOf(candidate, server) === port)
    if (declared !== undefined) return declared.protocol
  }
  for (const entry of selectingEntries(view, server.namespace).matching(server.labels)) {
    const declared = entry.ports.find((candidate) => (candidate.targetPort ?? candidate.number) === port)
    if (declared !== undefined) return declared.protocol
  }
  return 'AUTO'
}
