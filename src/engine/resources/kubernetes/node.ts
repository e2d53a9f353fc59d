import type { Meta } from '../meta.js'
import { type Raw, type Reading, readList, readObject, readText } from '../reading.js'

export interface Node {
  readonly meta: Meta
  readonly region: string
  readonly zone: string
  readonly subzone: string
  /** Every address, whatever its type. */
  readonly addresses: readonly string[]
  readonly externalIps: readonly string[]
}

interface NodeAddress {
  readonly type: string
  readonly address: string
}

const readAddress = (reading: Reading, item: Raw, at: string): NodeAddress => ({
  type: readText(reading, item, 'type', at),
  address: readText(reading, item, 'address', at),
})

/** Rule MODEL-33: GA label keys, then the beta ones. */
export const readNode = (reading: Reading, raw: Raw, meta: Meta): Node => {
  const addresses = readList(reading, readObject(reading, raw, 'status', ''), 'addresses', 'status', readAddress)
  return {
    meta,
    region: meta.labels['topology.kubernetes.io/region'] ?? meta.labels['failure-domain.beta.kubernetes.io/region'] ?? '',
    zone: meta.labels['topology.kubernetes.io/zone'] ?? meta.labels['failure-domain.beta.kubernetes.io/zone'] ?? '',
    subzone: meta.labels['topology.istio.io/subzone'] ?? '',
    addresses: addresses.flatMap(({ type, address }) => (type.endsWith('IP') && address !== '' ? [address] : [])),
    externalIps: addresses.flatMap(({ type, address }) => (type === 'ExternalIP' && address !== '' ? [address] : [])),
  }
}
