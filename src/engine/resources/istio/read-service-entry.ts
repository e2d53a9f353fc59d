import type { Meta } from '../meta.js'
import { protocolOfText } from '../kubernetes/protocol-of.js'
import {
  findNumber,
  findObject,
  findSelector,
  findWord,
  isRaw,
  noteUnreadable,
  type Raw,
  type Reading,
  readLabels,
  readList,
  readNumber,
  readObject,
  readText,
  readTexts,
} from '../reading.js'
import type { EntryEndpoint, ServiceEntry, WorkloadEntry, WorkloadGroup } from './service-entry.js'

type EntryPort = ServiceEntry['ports'][number]
const noPorts: Readonly<Record<string, number>> = Object.freeze({})

const readPorts = (reading: Reading, from: Raw, at: string): Readonly<Record<string, number>> => {
  const ports = findObject(reading, from, 'ports', at)
  if (ports === undefined) return noPorts
  const entries: [string, number][] = []
  for (const key of Object.keys(ports)) {
    const number = findNumber(reading, ports, key, `${at}.ports`)
    if (number !== undefined) entries.push([key, number])
  }
  return Object.fromEntries(entries)
}

/** An inline endpoint, a WorkloadEntry's spec, or a WorkloadGroup's template. Weight 0 and absent count as 1 (NET-19). */
const readEndpoint = (reading: Reading, item: Raw, at: string): EntryEndpoint => ({
  address: readText(reading, item, 'address', at),
  ports: readPorts(reading, item, at),
  labels: readLabels(reading, item, 'labels', at),
  network: readText(reading, item, 'network', at),
  locality: readText(reading, item, 'locality', at),
  weight: readNumber(reading, item, 'weight', at) || 1,
  serviceAccount: readText(reading, item, 'serviceAccount', at),
})

const readPort = (reading: Reading, item: Raw, at: string): EntryPort => {
  const targetPort = findNumber(reading, item, 'targetPort', at)
  return {
    name: readText(reading, item, 'name', at),
    number: readNumber(reading, item, 'number', at),
    protocol: protocolOfText(readText(reading, item, 'protocol', at)),
    ...(targetPort === undefined || targetPort === 0 ? {} : { targetPort }),
  }
}

/** Rule EDS-15: unset location is MESH_EXTERNAL and unset resolution NONE, whatever the endpoints look like. */
export const readServiceEntry = (reading: Reading, raw: Raw, meta: Meta): ServiceEntry => {
  const spec = readObject(reading, raw, 'spec', '')
  const workloadSelector = findSelector(reading, spec, 'workloadSelector', 'spec')
  return {
    meta,
    hosts: readTexts(reading, spec, 'hosts', 'spec').map((host) => host.toLowerCase()),
    addresses: readTexts(reading, spec, 'addresses', 'spec'),
    allocatedAddresses: readList(reading, readObject(reading, raw, 'status', ''), 'addresses', 'status', (inner, item, at) => ({
      host: readText(inner, item, 'host', at),
      value: readText(inner, item, 'value', at),
    })),
    ports: readList(reading, spec, 'ports', 'spec', readPort),
    location: findWord(reading, spec, 'location', 'spec', ['MESH_EXTERNAL', 'MESH_INTERNAL']) ?? 'MESH_EXTERNAL',
    resolution: findWord(reading, spec, 'resolution', 'spec', ['NONE', 'STATIC', 'DNS', 'DNS_ROUND_ROBIN', 'DYNAMIC_DNS']) ?? 'NONE',
    endpoints: readList(reading, spec, 'endpoints', 'spec', readEndpoint),
    ...(workloadSelector === undefined ? {} : { workloadSelector }),
    exportTo: readTexts(reading, spec, 'exportTo', 'spec'),
    subjectAltNames: readTexts(reading, spec, 'subjectAltNames', 'spec'),
  }
}

/** A WorkloadEntry; `Healthy` is told by an auto-registered one only (EDS-19). */
export const readWorkloadEntry = (reading: Reading, raw: Raw, meta: Meta): WorkloadEntry => {
  const spec = readObject(reading, raw, 'spec', '')
  const conditions = readList(reading, readObject(reading, raw, 'status', ''), 'conditions', 'status', (_, item) =>
    item['type'] === 'Healthy' ? item : undefined,
  )
  const healthy = conditions[0]
  if (!isRaw(raw['spec'])) noteUnreadable(reading, 'spec', 'is missing')
  return {
    meta,
    endpoint: readEndpoint(reading, spec, 'spec'),
    ...(healthy === undefined ? {} : { healthy: healthy['status'] === 'True' }),
  }
}

export const readWorkloadGroup = (reading: Reading, raw: Raw, meta: Meta): WorkloadGroup => {
  const spec = readObject(reading, raw, 'spec', '')
  const metadata = readObject(reading, spec, 'metadata', 'spec')
  return {
    meta,
    labels: readLabels(reading, metadata, 'labels', 'spec.metadata'),
    annotations: readLabels(reading, metadata, 'annotations', 'spec.metadata'),
    template: readEndpoint(reading, readObject(reading, spec, 'template', 'spec'), 'spec.template'),
  }
}
