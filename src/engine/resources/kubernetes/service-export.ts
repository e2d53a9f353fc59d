import type { Meta } from '../meta.js'
import type { Raw, Reading } from '../reading.js'

/** Offers the Service of the same name to other clusters, where a control plane asks for that; its status does not count (MCS-3). */
export interface ServiceExport {
  readonly meta: Meta
}

export const readServiceExport = (_: Reading, __: Raw, meta: Meta): ServiceExport => ({ meta })
