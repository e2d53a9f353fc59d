import { findNumber, findText, findWord, noteUnreadable, type Raw, type Reading } from '../reading.js'

export const transportProtocols = ['TCP', 'UDP', 'SCTP'] as const
export type TransportProtocol = (typeof transportProtocols)[number]

/** Ports at the receiving pod: a range, a name that the pod declares, or, with neither, all of the protocol (NP-12). */
export interface PolicyPort {
  /** Undefined: of whatever protocol the name is declared for. */
  readonly protocol: TransportProtocol | undefined
  readonly range?: { readonly first: number; readonly last: number }
  readonly name?: string
}

export const readProtocol = (reading: Reading, item: Raw, at: string): TransportProtocol =>
  findWord(reading, item, 'protocol', at, transportProtocols) ?? 'TCP'

/** A port of a NetworkPolicy: a number or a name; `endPort` closes a range of numbers. */
export const readPolicyPort = (reading: Reading, item: Raw, at: string): PolicyPort => {
  const protocol = readProtocol(reading, item, at)
  const { port } = item
  if (port === undefined || port === null) return { protocol }
  if (typeof port === 'string' && !/^\d{1,5}$/.test(port)) return { protocol, name: port }
  const first = findNumber(reading, item, 'port', at)
  return first === undefined ? { protocol } : { protocol, range: { first, last: findNumber(reading, item, 'endPort', at) ?? first } }
}

/** A port of AdminNetworkPolicies, which are of the first version of that API (NP-34). */
export const readAdminPort = (reading: Reading, item: Raw, at: string): PolicyPort | undefined => {
  const name = findText(reading, item, 'namedPort', at)
  if (name !== undefined) return { protocol: undefined, name }
  const form = ['portNumber', 'portRange'].find((key) => item[key] !== undefined && item[key] !== null)
  const value = form === undefined ? undefined : item[form]
  if (form === undefined || typeof value !== 'object' || value === null) {
    noteUnreadable(reading, at, 'names no port')
    return undefined
  }
  const inner = value as Raw
  const place = `${at}.${form}`
  const protocol = readProtocol(reading, inner, place)
  const first = findNumber(reading, inner, form === 'portNumber' ? 'port' : 'start', place)
  const last = form === 'portNumber' ? first : findNumber(reading, inner, 'end', place)
  return first === undefined || last === undefined ? undefined : { protocol, range: { first, last } }
}

/** A protocol of ClusterNetworkPolicies, with its ports inside of it (NP-34). */
export const readClusterPort = (reading: Reading, item: Raw, at: string): PolicyPort | undefined => {
  const name = findText(reading, item, 'destinationNamedPort', at)
  if (name !== undefined) return { protocol: undefined, name }
  const protocol = transportProtocols.find((one) => typeof item[one.toLowerCase()] === 'object' && item[one.toLowerCase()] !== null)
  if (protocol === undefined) {
    noteUnreadable(reading, at, 'names no protocol')
    return undefined
  }
  const port = (item[protocol.toLowerCase()] as Raw)['destinationPort']
  if (typeof port !== 'object' || port === null) return { protocol }
  const place = `${at}.${protocol.toLowerCase()}.destinationPort`
  const number = findNumber(reading, port as Raw, 'number', place)
  if (number !== undefined) return { protocol, range: { first: number, last: number } }
  const range = (port as Raw)['range']
  const inner = typeof range === 'object' && range !== null ? (range as Raw) : {}
  const first = findNumber(reading, inner, 'start', `${place}.range`)
  const last = findNumber(reading, inner, 'end', `${place}.range`)
  return first === undefined || last === undefined ? { protocol } : { protocol, range: { first, last } }
}
