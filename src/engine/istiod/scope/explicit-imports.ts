import type { Sidecar } from '../../resources/istio/sidecar.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { EgressListener } from './egress-listeners.js'
import { isFor } from '../../snapshot/services/audience.js'
import type { ScopedService } from './proxy-scope.js'

/** Records of a hostname exported to the namespace: named exports before public ones, the oldest first (VIS-4, VIS-22). */
export function offered(view: ControlPlaneView, host: string, consumer: string): readonly MeshService[] {
  const records = view.servicesByHost(host).filter((record) => isFor(record.exportTo, consumer))
  if (records.length < 2) return records
  const open = (record: MeshService): number => (record.exportTo.has('*') ? 1 : 0)
  return [...records].sort((a, b) => open(a) - open(b) || a.createdAt - b.createdAt || (a.namespace < b.namespace ? -1 : 1))
}

/** The order in which an egress list of exact hosts finds its candidates (VIS-43). */
const byAgeAlone = (records: readonly MeshService[]): readonly MeshService[] =>
  [...records].sort((a, b) => a.createdAt - b.createdAt || (a.namespace < b.namespace ? -1 : 1))

const isKubernetes = (record: MeshService): boolean => record.registry === 'KUBERNETES'

/** One record survives: the consumer's own, else a Kubernetes Service, else the first. Gateways have no preference of their own (VIS-13, VIS-22). */
function pick(records: readonly MeshService[], consumer: string, gateway: boolean): MeshService | undefined {
  const own = gateway ? undefined : records.find((record) => record.namespace === consumer)
  return own ?? records.find(isKubernetes) ?? records[0]
}

export interface Consumer {
  readonly view: ControlPlaneView
  readonly namespace: string
  readonly gateway: boolean
  readonly sidecar: Sidecar | undefined
  readonly listeners: readonly EgressListener[]
}

/** What the egress listeners import under a hostname: exportTo cut down by the Sidecar (VIS-18 … VIS-20, VIS-22, VIS-42). */
export function importExplicitly(consumer: Consumer, host: string): ScopedService | undefined {
  const records = offered(consumer.view, host, consumer.namespace)
  let found: ScopedService | undefined
  for (const listener of records.length === 0 ? [] : consumer.listeners) {
    const service = pick(
      (listener.exact ? byAgeAlone(records) : records).filter((record) => listener.imports(record.namespace, host)),
      consumer.namespace,
      consumer.gateway,
    )
    const ports = service === undefined ? [] : portsThrough(consumer, listener, service)
    if (service === undefined || (ports.length === 0 && service.ports.length > 0)) continue
    const next: ScopedService = { service, imported: 'EXPLICIT', ports, because: referTo(consumer, listener, service) }
    found = found === undefined ? next : join(found, next)
  }
  return found
}

/** Ports of one service that a listener lets through; a listener of its own owns HTTP routing on its port (VIS-42). */
function portsThrough(consumer: Consumer, listener: EgressListener, service: MeshService): readonly number[] {
  if (listener.port !== undefined) return service.ports.filter((port) => port.number === listener.port).map((port) => port.number)
  const owned = new Set(consumer.listeners.map((other) => other.port))
  return service.ports.filter((port) => port.protocol !== 'HTTP' || !owned.has(port.number)).map((port) => port.number)
}

/** The first stays, except that a Kubernetes Service replaces a ServiceEntry; ports of one record are joined. */
function join(first: ScopedService, next: ScopedService): ScopedService {
  if (first.service === next.service) {
    return { ...first, ports: [...new Set([...first.ports, ...next.ports])], because: [...first.because, ...next.because.slice(1)] }
  }
  return !isKubernetes(first.service) && isKubernetes(next.service) ? next : first
}

function referTo({ view, sidecar }: Consumer, listener: EgressListener, service: MeshService) {
  return sidecar === undefined
    ? [service.ref]
    : [service.ref, view.ref(sidecar.meta, listener.path === '' ? undefined : `${listener.path}.hosts`)]
}
