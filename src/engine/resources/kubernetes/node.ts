import type { Meta } from '../meta.js'
import { findText, type Raw, type Reading, readList, readObject } from '../reading.js'

export interface Node {
  readonly meta: Meta
  readonly region: string
  readonly zone: string
  readonly subzone: string
  readonly externalIps: readonly string[]
}

/** Rule MODEL-33: GA label keys, then the beta ones. */
export const readNode = (reading: Reading, raw: Raw, meta: Meta): Node => ({
  meta,
  region: meta.labels['topology.kubernetes.io/region'] ?? meta.labels['failure-domain.beta.kubernetes.io/region'] ?? '',
  zone: meta.labels['topology.kubernetes.io/zone'] ?? meta.labels['failure-domain.beta.kubernetes.io/zone'] ?? '',
  subzone: meta.labels['topology.istio.io/subzone'] ?? '',
  externalIps: readList(reading, readObject(reading, raw, 'status', ''), 'addresses', 'status', (inner, item, at) =>
    item['type'] === 'ExternalIP' ? findText(inner, item, 'address', at) : undefined,
  ),
})
