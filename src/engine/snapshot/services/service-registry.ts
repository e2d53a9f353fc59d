import { pause } from '../../pause.js'
import type { ServiceEntry } from '../../resources/istio/service-entry.js'
import type { IstioConfiguration } from '../control-planes/istio-objects.js'
import type { MeshService } from './mesh-service.js'
import { commonOfRecords, type EntryRecordContext, entryRecord } from './entry-record.js'
import { byAge } from '../by-age.js'
import { clustersetHost } from './clusterset-names.js'
import { clustersetRecord } from './clusterset-record.js'
import { namesClusterset } from './names-clusterset.js'
import { type Definition, kubernetesRecord, type RecordContext } from './kubernetes-record.js'
import type { Cluster } from '../snapshot.js'

/** The merged registry of one control plane. */
export interface ServiceRegistry {
  readonly services: readonly MeshService[]
  readonly byHost: ReadonlyMap<string, readonly MeshService[]>
}

const noEntries: readonly ServiceEntry[] = []

const append = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

/** Services of equal name and namespace in all visible clusters are one; the first cluster's definition wins (VIS-8). */
const definitionsOf = (clusters: readonly Cluster[], selects: RecordContext['selects']): ReadonlyMap<string, readonly Definition[]> => {
  const found = new Map<string, Definition[]>()
  for (const cluster of clusters) {
    for (const [namespace, services] of cluster.resources.services) {
      if (!selects(cluster.name, namespace)) continue
      for (const service of services) {
        pause()
        append(found, `${namespace}/${service.meta.name}`, { cluster, service })
      }
    }
  }
  return found
}

/** ServiceEntries by namespace and host, the oldest first (VIS-12). */
const entriesOf = (configuration: IstioConfiguration): ReadonlyMap<string, readonly ServiceEntry[]> => {
  const found = new Map<string, ServiceEntry[]>()
  for (const [namespace, entries] of configuration.serviceEntries) {
    for (const entry of [...entries].sort(byAge)) {
      for (const host of new Set(entry.hosts)) {
        pause()
        append(found, `${namespace}/${host}`, entry)
      }
    }
  }
  return found
}

const byIdentity = (a: MeshService, b: MeshService): number => {
  pause()
  return a.hostname < b.hostname ? -1 : a.hostname > b.hostname ? 1 : a.namespace < b.namespace ? -1 : a.namespace > b.namespace ? 1 : 0
}

/**
 * Services of all visible clusters, merged by name, and a record for each host of each ServiceEntry of the config cluster. Of one hostname and
 * namespace the Service stands first, then the entries by age; a Service may be known under the name of a set of clusters as well. Rules VIS-7,
 * VIS-8, VIS-10, VIS-12, MCS-6.
 */
export const buildServiceRegistry = (context: RecordContext & EntryRecordContext, configuration: IstioConfiguration): ServiceRegistry => {
  const entries = entriesOf(configuration)
  const services: MeshService[] = []
  const ofSet = namesClusterset(context.controlPlane)
  for (const definitions of definitionsOf(context.clusters, context.selects).values()) {
    pause()
    const [winner] = definitions
    if (winner === undefined) continue
    const { namespace, name } = winner.service.meta
    const key = `${namespace}/${name}.${namespace}.svc.${context.suffix}`
    const record = kubernetesRecord(context, definitions, entries.get(key) ?? noEntries)
    services.push(record)
    const known = ofSet
      ? clustersetRecord(context, record, name, entries.get(`${namespace}/${clustersetHost(name, namespace)}`) ?? [])
      : undefined
    if (known !== undefined) services.push(known)
  }
  const commons = new Map<ServiceEntry, ReturnType<typeof commonOfRecords>>()
  for (const [key, list] of entries) {
    const hostname = key.slice(key.indexOf('/') + 1)
    for (const entry of list) {
      pause()
      const common = commons.get(entry) ?? commonOfRecords(context, entry)
      commons.set(entry, common)
      services.push(entryRecord(context, hostname, entry, list, common))
    }
  }
  services.sort(byIdentity)
  const byHost = new Map<string, MeshService[]>()
  for (const service of services) {
    pause()
    append(byHost, service.hostname, service)
  }
  return { services, byHost }
}
