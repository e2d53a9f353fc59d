import type { Labels } from '../meta.js'
import { findNumber, findObject, type Raw, type Reading, readLabels, readNumber, readText } from '../reading.js'

/** One endpoint of a ServiceEntry, or the spec of a WorkloadEntry. */
export interface EntryEndpoint {
  readonly address: string
  readonly ports: Readonly<Record<string, number>>
  readonly labels: Labels
  readonly network: string
  readonly locality: string
  readonly weight: number
  readonly serviceAccount: string
}

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
export const readEntryEndpoint = (reading: Reading, item: Raw, at: string): EntryEndpoint => ({
  address: readText(reading, item, 'address', at),
  ports: readPorts(reading, item, at),
  labels: readLabels(reading, item, 'labels', at),
  network: readText(reading, item, 'network', at),
  locality: readText(reading, item, 'locality', at),
  weight: readNumber(reading, item, 'weight', at) || 1,
  serviceAccount: readText(reading, item, 'serviceAccount', at),
})
