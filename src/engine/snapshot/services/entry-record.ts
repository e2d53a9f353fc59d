import type { Meta } from '../../resources/meta.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { ServiceEntry } from '../../resources/istio/service-entry.js'
import { audienceOf } from './audience.js'
import type { MeshService } from './mesh-service.js'
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

/** Rule DNS-15: the control plane gives an address to an entry that has none, but not to one that keeps the original address. */
const isAutoAllocated = (entry: ServiceEntry, host: string, allocates: boolean): boolean =>
  allocates &&
  entry.addresses.length === 0 &&
  entry.resolution !== 'NONE' &&
  entry.meta.labels['networking.istio.io/enable-autoallocate-ip'] !== 'false' &&
  (!host.startsWith('*') || entry.resolution === 'DYNAMIC_DNS')

const none: readonly string[] = []

type Common = Pick<MeshService, 'ports' | 'exportTo' | 'addresses' | 'definitions' | 'ref'>

/** What the records of all hosts of an entry have in common: there may be a hundred thousand of them. */
export const commonOfRecords = ({ controlPlane, ref }: EntryRecordContext, { meta, ports, exportTo }: ServiceEntry): Common => ({
  ports: ports.map(({ name, number, protocol, keepsNames }) => ({
    name,
    number,
    protocol,
    ...(keepsNames === true ? { keepsNames } : {}),
  })),
  exportTo: audienceOf(exportTo, controlPlane.meshConfig.defaultServiceExportTo, meta.namespace),
  addresses: new Map(),
  definitions: [],
  ref: ref(meta),
})

/** The record of one host of a ServiceEntry; `entries`: all of that host and namespace, the oldest first. Rules VIS-10, VIS-12, EDS-15. */
export const entryRecord = (
  context: EntryRecordContext,
  hostname: string,
  entry: ServiceEntry,
  entries: readonly ServiceEntry[],
  { ports, exportTo, addresses, definitions, ref }: Common,
): MeshService => {
  const { meta } = entry
  return {
    hostname,
    namespace: meta.namespace,
    registry: 'SERVICE_ENTRY',
    ports,
    resolution: resolutions[entry.resolution],
    meshExternal: entry.location === 'MESH_EXTERNAL',
    headless: false,
    externalName: undefined,
    exportTo,
    addresses,
    defaultAddresses: entry.addresses,
    autoAllocated: isAutoAllocated(entry, hostname, context.allocates),
    clusterLocal: context.isClusterLocal(hostname),
    createdAt: meta.createdAt,
    definitions,
    entry,
    entries,
    subjectAltNames: entries.at(-1)?.subjectAltNames ?? none,
    ref,
  }
}
