import { type EntryEndpoint, readEntryEndpoint } from './entry-endpoint.js'
import type { Meta } from '../meta.js'
import { isRaw, noteUnreadable, type Raw, type Reading, readList, readObject } from '../reading.js'

export interface WorkloadEntry {
  readonly meta: Meta
  readonly endpoint: EntryEndpoint
  /** `Healthy` condition of an auto-registered entry; absent when there is none. */
  readonly healthy?: boolean
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
    endpoint: readEntryEndpoint(reading, spec, 'spec'),
    ...(healthy === undefined ? {} : { healthy: healthy['status'] === 'True' }),
  }
}
