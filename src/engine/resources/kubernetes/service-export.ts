import type { Meta } from '../meta.js'
import { type Raw, type Reading, readText } from '../reading.js'

/** Offers the Service of the same name to other clusters, where a control plane asks for that; its status does not count (MCS-3). */
export interface ServiceExport {
  readonly meta: Meta
  /** Group and version as written: control planes read one group (MCS-1). */
  readonly apiVersion: string
}

export const readServiceExport = (reading: Reading, raw: Raw, meta: Meta): ServiceExport => ({
  meta,
  apiVersion: readText(reading, raw, 'apiVersion', ''),
})
