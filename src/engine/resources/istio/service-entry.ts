import type { Labels, Meta } from '../meta.js'
import { type Protocol, protocolOfText } from '../kubernetes/protocol.js'
import { type EntryEndpoint, readEntryEndpoint } from './entry-endpoint.js'
import {
  findNumber,
  findSelector,
  findWord,
  type Raw,
  type Reading,
  readList,
  readNumber,
  readObject,
  readText,
  readTexts,
} from '../reading.js'

export interface ServiceEntry {
  readonly meta: Meta
  readonly hosts: readonly string[]
  /** Hosts with capital letters as they are written, by what `hosts` has in their place. */
  readonly spelledHosts?: Readonly<Record<string, string>>
  readonly addresses: readonly string[]
  /** Addresses allocated by the control plane and written into the status (DNS-15), by host ('' when no host is named). */
  readonly allocatedAddresses: readonly { readonly host: string; readonly value: string }[]
  readonly ports: readonly {
    readonly name: string
    readonly number: number
    readonly protocol: Protocol
    readonly keepsNames?: true
    readonly targetPort?: number
  }[]
  readonly location: 'MESH_EXTERNAL' | 'MESH_INTERNAL'
  readonly resolution: 'NONE' | 'STATIC' | 'DNS' | 'DNS_ROUND_ROBIN' | 'DYNAMIC_DNS'
  readonly endpoints: readonly EntryEndpoint[]
  readonly workloadSelector?: Labels
  readonly exportTo: readonly string[]
  readonly subjectAltNames: readonly string[]
}

type EntryPort = ServiceEntry['ports'][number]
/** Read as HTTP or TLS, and not of those by which sidecars resolve names as they are called (EDS-17). */
const keepingNames = /^(?:https|grpc-web|http_proxy)$/i

const readPort = (reading: Reading, item: Raw, at: string): EntryPort => {
  const declared = readText(reading, item, 'protocol', at)
  const targetPort = findNumber(reading, item, 'targetPort', at)
  return {
    name: readText(reading, item, 'name', at),
    number: readNumber(reading, item, 'number', at),
    protocol: protocolOfText(declared),
    ...(keepingNames.test(declared) ? { keepsNames: true as const } : {}),
    ...(targetPort === undefined || targetPort === 0 ? {} : { targetPort }),
  }
}

/** A block of one address is that address, on which alone a proxy listens. */
const withoutLength = (address: string): string => address.replace(/^([\d.]+)\/32$|^([\da-f:.]+)\/128$/i, '$1$2')

/** Rule EDS-15: unset location is MESH_EXTERNAL and unset resolution NONE, whatever the endpoints look like. */
export const readServiceEntry = (reading: Reading, raw: Raw, meta: Meta): ServiceEntry => {
  const spec = readObject(reading, raw, 'spec', '')
  const workloadSelector = findSelector(reading, spec, 'workloadSelector', 'spec')
  const written = readTexts(reading, spec, 'hosts', 'spec')
  const spelled = written.filter((host) => host !== host.toLowerCase()).map((host) => [host.toLowerCase(), host] as const)
  return {
    meta,
    hosts: written.map((host) => host.toLowerCase()),
    ...(spelled.length === 0 ? {} : { spelledHosts: Object.fromEntries(spelled) }),
    addresses: readTexts(reading, spec, 'addresses', 'spec').map(withoutLength),
    allocatedAddresses: readList(reading, readObject(reading, raw, 'status', ''), 'addresses', 'status', (inner, item, at) => ({
      host: readText(inner, item, 'host', at),
      value: readText(inner, item, 'value', at),
    })),
    ports: readList(reading, spec, 'ports', 'spec', readPort),
    location: findWord(reading, spec, 'location', 'spec', ['MESH_EXTERNAL', 'MESH_INTERNAL']) ?? 'MESH_EXTERNAL',
    resolution: findWord(reading, spec, 'resolution', 'spec', ['NONE', 'STATIC', 'DNS', 'DNS_ROUND_ROBIN', 'DYNAMIC_DNS']) ?? 'NONE',
    endpoints: readList(reading, spec, 'endpoints', 'spec', readEntryEndpoint),
    ...(workloadSelector === undefined ? {} : { workloadSelector }),
    exportTo: readTexts(reading, spec, 'exportTo', 'spec'),
    subjectAltNames: readTexts(reading, spec, 'subjectAltNames', 'spec'),
  }
}
