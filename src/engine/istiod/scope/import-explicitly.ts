import { flatMap } from '../../flat-map.js'
import type { Sidecar } from '../../resources/istio/sidecar.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { EgressListener } from './egress-listeners.js'
import { remembered } from '../../remembered.js'
import { isFor } from '../../snapshot/services/audience.js'
import type { ListenedRecord } from './proxy-scope.js'

/** Records of a hostname exported to the namespace: named exports before public ones, the oldest first (VIS-4, VIS-22). */
export function offered(view: ControlPlaneView, host: string, consumer: string): readonly MeshService[] {
  const records = view.servicesByHost(host).filter((record) => isFor(record.exportTo, consumer))
  if (records.length < 2) return records
  const open = (record: MeshService): number => (record.exportTo.has('*') ? 1 : 0)
  return [...records].sort((a, b) => open(a) - open(b) || byAge(a, b))
}

const byAge = (a: MeshService, b: MeshService): number =>
  a.createdAt - b.createdAt || (a.namespace < b.namespace ? -1 : a.namespace > b.namespace ? 1 : 0)

/** The records by which a host is looked up in a namespace: its Service, else the oldest ServiceEntry (VIS-12). */
export const foremost = (records: readonly MeshService[]): readonly MeshService[] =>
  records.filter((record, index) => records.findIndex(({ namespace }) => namespace === record.namespace) === index)

/** The order in which an egress list of exact hosts finds its candidates, one a namespace (VIS-43). */
const byAgeAlone = (view: ControlPlaneView, host: string, consumer: string): readonly MeshService[] =>
  foremost(view.servicesByHost(host))
    .filter((record) => isFor(record.exportTo, consumer))
    .sort(byAge)

const isKubernetes = (record: MeshService): boolean => record.registry === 'KUBERNETES'

/** One namespace survives: the consumer's own, else a Kubernetes Service's, else the first. Gateways have no preference of their own (VIS-13, VIS-22). */
function pick(records: readonly MeshService[], { namespace, gateway }: Consumer): string | undefined {
  const own = gateway ? undefined : records.find((record) => record.namespace === namespace)
  return (own ?? records.find(isKubernetes) ?? records[0])?.namespace
}

export interface Consumer {
  readonly view: ControlPlaneView
  readonly namespace: string
  readonly gateway: boolean
  readonly sidecar: Sidecar | undefined
  readonly listeners: readonly EgressListener[]
}

const numbersOf = ({ ports }: MeshService): readonly number[] => ports.map(({ number }) => number)

/** One for all proxies that import the record so: a large mesh has many namespaces, and most take everything. */
export const wholeRecord = remembered(
  (listener: EgressListener, record: MeshService): ListenedRecord => ({ record, ports: numbersOf(record), listener }),
)

/** The records that an egress listener imports under a hostname: exportTo cut down by the Sidecar (VIS-18 … VIS-20, VIS-22). */
export function importExplicitly(consumer: Consumer, listener: EgressListener, host: string): readonly ListenedRecord[] {
  const { view, namespace } = consumer
  const all = listener.exact ? byAgeAlone(view, host, namespace) : offered(view, host, namespace)
  const taken = flatMap(all, (record): ListenedRecord[] => {
    if (!listener.imports(record.namespace, host)) return []
    if (listener.port === undefined) return [wholeRecord(listener, record)]
    const ports = numbersOf(record).filter((number) => number === listener.port)
    return ports.length === 0 ? [] : [{ record, ports, listener }]
  })
  if (taken.length < 2) return taken
  const records = taken.map(({ record }) => record)
  const chosen = pick(records, consumer)
  return taken.filter(({ record }) => record.namespace === chosen)
}

/** Objects that say so: the record, and the Sidecar that takes it. */
export function referTo({ view, sidecar }: Consumer, { listener, record }: ListenedRecord) {
  return sidecar === undefined
    ? [record.ref]
    : [record.ref, view.ref(sidecar.meta, listener.path === '' ? undefined : `${listener.path}.hosts`)]
}
