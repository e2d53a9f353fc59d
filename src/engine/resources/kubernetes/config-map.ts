import type { Meta } from '../meta.js'
import { type Raw, type Reading, readLabels } from '../reading.js'

/** Only the ConfigMaps that say something of the mesh or of DNS keep their data. */
export interface ConfigMap {
  readonly meta: Meta
  readonly data: Readonly<Record<string, string>>
}

const meaningful = /^istio|^values|^coredns|^kube-dns/

/** Keeps data only of ConfigMaps that say something of the mesh or of DNS; any ConfigMap may hold a shared mesh configuration. */
export const readConfigMap = (reading: Reading, raw: Raw, meta: Meta): ConfigMap => {
  const data = readLabels(reading, raw, 'data', '')
  const speaks = meaningful.test(meta.name) || data['mesh'] !== undefined || data['meshNetworks'] !== undefined
  return { meta, data: speaks ? data : {} }
}
