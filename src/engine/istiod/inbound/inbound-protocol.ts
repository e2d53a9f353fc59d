/**
 * Which protocol does the server's proxy expect at a workload port?
 *
 * The client's idea does not count: the Services and ServiceEntries of the server's own cluster and namespace that select it decide, the oldest
 * first, or in their place the Sidecar's `ingress`, and a port that none of them names is detected from the bytes. So are all ports in a namespace that
 * its control plane leaves out.
 * Rules TLS-12, VIS-16, AUTHZ-25, AUTHZ-26, MODEL-7.
 */
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Protocol } from '../../resources/kubernetes/protocol.js'
import type { ServiceEntry } from '../../resources/istio/service-entry.js'
import type { Sidecar } from '../../resources/istio/sidecar.js'
import type { Meta } from '../../resources/meta.js'
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

/** How the server's proxy takes a port, and who declares it so; nobody: it is detected. */
export interface InboundPort {
  readonly protocol: Protocol
  readonly by: ResourceRef | undefined
}

const detected: InboundPort = { protocol: 'AUTO', by: undefined }

export const inboundProtocol = (view: ControlPlaneView, cluster: Cluster, server: Workload, port: number): Protocol =>
  inboundPort(view, cluster, server, port).protocol

export function inboundPort(view: ControlPlaneView, cluster: Cluster, server: Workload, port: number): InboundPort {
  // A Sidecar with ingress listeners takes the place of the Services: they declare its ports, and no others are declared (VIS-16).
  const sidecar = server.dataPlane === 'SIDECAR' ? selectSidecar(view, server.namespace, server.labels) : undefined
  if (sidecar !== undefined && sidecar.ingress.length > 0) return declaredBySidecar(view, sidecar, port) ?? detected
  const service = declaredByService(view, cluster, server, port)
  const entry = declaredByEntry(view, server, port)
  const isOlder = service !== undefined && entry !== undefined && comesBefore(entry, service)
  if (service !== undefined && !isOlder) return { protocol: service.protocol, by: cluster.ref(service.meta) }
  return entry === undefined ? detected : { protocol: entry.protocol, by: view.ref(entry.meta) }
}

function declaredBySidecar(view: ControlPlaneView, { meta, ingress }: Sidecar, port: number): InboundPort | undefined {
  const at = ingress.findIndex((one) => one.port === port)
  const declared = ingress[at]
  return declared === undefined ? undefined : { protocol: declared.protocol, by: view.ref(meta, `spec.ingress[${at}].port.protocol`) }
}

interface Declared {
  readonly meta: Meta
  readonly hostname: string
  readonly protocol: Protocol
}

function declaredByService(view: ControlPlaneView, cluster: Cluster, server: Workload, port: number): Declared | undefined {
  if (!view.selects(cluster.name, server.namespace)) return undefined
  for (const { meta, ports } of servicesSelecting(cluster, server)) {
    const declared = ports.find((candidate) => targetPortOf(candidate, server) === port)
    if (declared !== undefined) return { meta, hostname: `${meta.name}.${meta.namespace}.svc`, protocol: declared.protocol }
  }
  return undefined
}

function declaredByEntry(view: ControlPlaneView, server: Workload, port: number): Declared | undefined {
  for (const { meta, hosts, ports } of selectingEntries(view, server.namespace).matching(server.labels)) {
    const declared = ports.find((candidate) => (candidate.targetPort ?? candidate.number) === port)
    if (declared !== undefined) return { meta, hostname: hosts[0] ?? '', protocol: declared.protocol }
  }
  return undefined
}

/** By the moments of creation, then by hostname; where a moment is not stated, the Service is taken to be there first. */
function comesBefore(entry: Declared, service: Declared): boolean {
  const { createdAt } = entry.meta
  const other = service.meta.createdAt
  const areStated = createdAt > 0 && other > 0
  return areStated && (createdAt < other || (createdAt === other && entry.hostname < service.hostname))
}
