import type { Meta } from '../meta.js'
import {
  findFlag,
  findObject,
  findText,
  type Raw,
  type Reading,
  readList,
  readNumber,
  readObject,
  readText,
  readTexts,
} from '../reading.js'

export interface SliceEndpoint {
  readonly addresses: readonly string[]
  readonly ready?: boolean
  readonly serving?: boolean
  readonly terminating?: boolean
  readonly pod?: string
  readonly nodeName?: string
  readonly zone?: string
  readonly hostname?: string
}

/** Also read from legacy `Endpoints` objects where a cluster has no slices for the service. */
export interface EndpointSlice {
  readonly meta: Meta
  /** Value of `kubernetes.io/service-name`. */
  readonly service: string
  readonly addressType: string
  readonly ports: readonly { readonly name: string; readonly number: number }[]
  readonly endpoints: readonly SliceEndpoint[]
  /** Labelled as a Multi-Cluster Services import: ignored (EDS-5). */
  readonly imported: boolean
}

const readPort = (reading: Reading, item: Raw, at: string): { name: string; number: number } => ({
  name: readText(reading, item, 'name', at),
  number: readNumber(reading, item, 'port', at),
})

const podOf = (reading: Reading, item: Raw, at: string): string | undefined => {
  const target = findObject(reading, item, 'targetRef', at)
  return target !== undefined && target['kind'] === 'Pod' ? findText(reading, target, 'name', `${at}.targetRef`) : undefined
}

const readEndpoint = (reading: Reading, item: Raw, at: string): SliceEndpoint => {
  const conditions = readObject(reading, item, 'conditions', at)
  const ready = findFlag(reading, conditions, 'ready', at)
  const serving = findFlag(reading, conditions, 'serving', at)
  const terminating = findFlag(reading, conditions, 'terminating', at)
  const pod = podOf(reading, item, at)
  const nodeName = findText(reading, item, 'nodeName', at)
  const zone = findText(reading, item, 'zone', at)
  const hostname = findText(reading, item, 'hostname', at)
  return {
    addresses: readTexts(reading, item, 'addresses', at),
    ...(ready === undefined ? {} : { ready }),
    ...(serving === undefined ? {} : { serving }),
    ...(terminating === undefined ? {} : { terminating }),
    ...(pod === undefined ? {} : { pod }),
    ...(nodeName === undefined ? {} : { nodeName }),
    ...(zone === undefined ? {} : { zone }),
    ...(hostname === undefined ? {} : { hostname }),
  }
}

/** Rule EDS-5: by its service label; imports of Multi-Cluster Services are marked. */
export const readEndpointSlice = (reading: Reading, raw: Raw, meta: Meta): EndpointSlice => ({
  meta,
  service: meta.labels['kubernetes.io/service-name'] ?? '',
  addressType: readText(reading, raw, 'addressType', ''),
  ports: readList(reading, raw, 'ports', '', readPort),
  endpoints: readList(reading, raw, 'endpoints', '', readEndpoint),
  imported:
    meta.labels['multicluster.kubernetes.io/service-name'] !== undefined ||
    meta.labels['endpointslice.kubernetes.io/managed-by'] === 'endpointslice-mirroring-controller.multicluster.k8s.io',
})

const readAddress = (reading: Reading, item: Raw, at: string, ready: boolean): SliceEndpoint => {
  const pod = podOf(reading, item, at)
  const nodeName = findText(reading, item, 'nodeName', at)
  const hostname = findText(reading, item, 'hostname', at)
  return {
    addresses: [readText(reading, item, 'ip', at)],
    ready,
    serving: ready,
    terminating: false,
    ...(pod === undefined ? {} : { pod }),
    ...(nodeName === undefined ? {} : { nodeName }),
    ...(hostname === undefined ? {} : { hostname }),
  }
}

/** The legacy `Endpoints` object, as one slice a subset. */
export interface LegacyEndpoints {
  readonly meta: Meta
  readonly slices: readonly EndpointSlice[]
}

/** No slices are made of what asks for none (Kubernetes, endpointslicemirroring skipMirror). */
const isMirrored = ({ labels }: Meta): boolean => labels['endpointslice.kubernetes.io/skip-mirror'] !== 'true'

export const readLegacyEndpoints = (reading: Reading, raw: Raw, meta: Meta): LegacyEndpoints => {
  const slices = readList(reading, raw, 'subsets', '', (inner, subset, at) => ({
    meta,
    service: meta.name,
    addressType: 'IPv4',
    ports: readList(inner, subset, 'ports', at, readPort),
    endpoints: [
      ...readList(inner, subset, 'addresses', at, (r, item, where) => readAddress(r, item, where, true)),
      ...readList(inner, subset, 'notReadyAddresses', at, (r, item, where) => readAddress(r, item, where, false)),
    ],
    imported: false,
  }))
  return { meta, slices: isMirrored(meta) ? slices : [] }
}
