import { findNumber, findObject, findText, findWord, noteUnreadable, type Raw, type Reading, readObject } from '../reading.js'

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
  const single = findObject(reading, item, 'portNumber', at)
  const several = findObject(reading, item, 'portRange', at)
  if (single !== undefined) {
    const port = findNumber(reading, single, 'port', `${at}.portNumber`)
    return rangeOf(readProtocol(reading, single, `${at}.portNumber`), port, port)
  }
  if (several === undefined) noteUnreadable(reading, at, 'names no port')
  return several === undefined
    ? undefined
    : readRange(reading, several, `${at}.portRange`, readProtocol(reading, several, `${at}.portRange`))
}

const rangeOf = (protocol: TransportProtocol, first: number | undefined, last: number | undefined): PolicyPort | undefined =>
  first === undefined || last === undefined ? undefined : { protocol, range: { first, last } }

const readRange = (reading: Reading, item: Raw, at: string, protocol: TransportProtocol): PolicyPort | undefined =>
  rangeOf(protocol, findNumber(reading, item, 'start', at), findNumber(reading, item, 'end', at))

/** A protocol of ClusterNetworkPolicies, with its ports inside of it (NP-34). */
export const readClusterPort = (reading: Reading, item: Raw, at: string): PolicyPort | undefined => {
  const name = findText(reading, item, 'destinationNamedPort', at)
  if (name !== undefined) return { protocol: undefined, name }
  for (const protocol of transportProtocols) {
    const key = protocol.toLowerCase()
    const inner = findObject(reading, item, key, at)
    if (inner !== undefined) return readDestination(reading, inner, `${at}.${key}`, protocol)
  }
  noteUnreadable(reading, at, 'names no protocol')
  return undefined
}

const readDestination = (reading: Reading, item: Raw, at: string, protocol: TransportProtocol): PolicyPort | undefined => {
  const port = findObject(reading, item, 'destinationPort', at)
  if (port === undefined) return { protocol }
  const place = `${at}.destinationPort`
  const number = findNumber(reading, port, 'number', place)
  if (number !== undefined) return rangeOf(protocol, number, number)
  return readRange(reading, readObject(reading, port, 'range', place), `${place}.range`, protocol)
}
