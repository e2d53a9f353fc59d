import type { Labels, Meta } from '../../resources/meta.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { ServiceEntry } from '../../resources/istio/service-entry.js'
import { audienceOf } from './audience.js'
import type { MeshPort, MeshService } from './mesh-service.js'
import type { ControlPlane } from '../snapshot.js'

export interface EntryRecordContext {
  readonly controlPlane: ControlPlane
  readonly isClusterLocal: (host: string) => boolean
  readonly allocates: boolean
  readonly ref: (meta: Meta) => ResourceRef
}

const resolutions: Readonly<Record<ServiceEntry['resolution'], MeshService['resolution']>> = {
  NONE: 'PASSTHROUGH',
  STATIC: 'EDS',
  DNS: 'DNS',
  DNS_ROUND_ROBIN: 'DNS_ROUND_ROBIN',
  DYNAMIC_DNS: 'DYNAMIC_DNS',
}

const sameLabels = (a: Labels | undefined, b: Labels | undefined): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
const sorted = (labels: Labels | undefined): unknown => (labels === undefined ? null : Object.entries(labels).sort())
const sameConsumers = (a: ServiceEntry, b: ServiceEntry): boolean => [...a.exportTo].sort().join() === [...b.exportTo].sort().join()

/** May the ports of the younger entry be added to the oldest's (VIS-10)? */
const merges = (oldest: ServiceEntry, other: ServiceEntry): boolean =>
  oldest.resolution === other.resolution &&
  sameLabels(oldest.meta.labels, other.meta.labels) &&
  sameLabels(oldest.workloadSelector, other.workloadSelector) &&
  sameConsumers(oldest, other)

const portsOf = (oldest: ServiceEntry, entries: readonly ServiceEntry[]): readonly MeshPort[] => {
  const ports = new Map<number, MeshPort>()
  for (const entry of entries) {
    if (entry !== oldest && !merges(oldest, entry)) continue
    for (const { name, number, protocol } of entry.ports) if (!ports.has(number)) ports.set(number, { name, number, protocol })
  }
  return [...ports.values()]
}

/** Rule DNS-15: the control plane gives an address to an entry that has none, but not to one that keeps the original address. */
const isAutoAllocated = (entry: ServiceEntry, host: string, allocates: boolean): boolean =>
  allocates &&
  entry.addresses.length === 0 &&
  entry.resolution !== 'NONE' &&
  entry.meta.labels['networking.istio.io/enable-autoallocate-ip'] !== 'false' &&
  (!host.startsWith('*') || entry.resolution === 'DYNAMIC_DNS')

/** One record for a host of ServiceEntries in one namespace; `entries` the oldest first, not empty. Rules VIS-10, VIS-12, EDS-15. */
export const entryRecord = (context: EntryRecordContext, hostname: string, entries: readonly ServiceEntry[]): MeshService => {
  const [oldest] = entries
  if (oldest === undefined) throw new Error('a record needs an entry')
  const { meta } = oldest
  return {
    hostname,
    namespace: meta.namespace,
    registry: 'SERVICE_ENTRY',
    ports: portsOf(oldest, entries),
    resolution: resolutions[oldest.resolution],
    meshExternal: oldest.location === 'MESH_EXTERNAL',
    headless: false,
    externalName: undefined,
    exportTo: audienceOf(oldest.exportTo, context.controlPlane.meshConfig.defaultServiceExportTo, meta.namespace),
    addresses: new Map(),
    defaultAddresses: oldest.addresses,
    autoAllocated: isAutoAllocated(oldest, hostname, context.allocates),
    clusterLocal: context.isClusterLocal(hostname),
    createdAt: meta.createdAt,
    definitions: [],
    entries,
    subjectAltNames: entries.at(-1)?.subjectAltNames ?? [],
    ref: context.ref(meta),
  }
}
