import type { Meta } from '../meta.js'
import { isRaw, type Raw, type Reading, readObject, readText } from '../reading.js'

/** What is left of a Secret: its type, its keys, public certificates by key, and the API server hosts of a remote secret by cluster ID. */
export interface Secret {
  readonly meta: Meta
  readonly type: string
  readonly keys: readonly string[]
  readonly certificates: Readonly<Record<string, readonly string[]>>
  readonly remoteClusters: readonly { readonly cluster: string; readonly server: string }[]
}

const pemBlock = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g

/** All certificates of a text, each as one PEM block. */
export const certificatesOf = (text: string): readonly string[] => text.match(pemBlock) ?? []

const decode = (value: string): string => (value.includes('-----BEGIN') ? value : Buffer.from(value, 'base64').toString('latin1'))

const isRemoteSecret = (meta: Meta): boolean => meta.labels['istio/multiCluster'] === 'true'

/**
 * What is left of a Secret after its private parts were removed: keys, certificates and, of a remote secret, the cluster IDs.
 *
 * Rule MODEL-20: each data key of a remote secret is a cluster ID.
 */
export const readSecret = (reading: Reading, raw: Raw, meta: Meta): Secret => {
  const data = readObject(reading, raw, 'data', '')
  const plain = readObject(reading, raw, 'stringData', '')
  const keys = [...new Set([...Object.keys(data), ...Object.keys(plain)])].sort()
  const certificates: Record<string, readonly string[]> = {}
  for (const key of keys) {
    const value = plain[key] ?? data[key]
    const found = typeof value === 'string' ? certificatesOf(decode(value)) : []
    if (found.length > 0) certificates[key] = found
  }
  const servers = isRaw(raw['remoteClusters']) ? raw['remoteClusters'] : {}
  return {
    meta,
    type: readText(reading, raw, 'type', ''),
    keys,
    certificates,
    remoteClusters: isRemoteSecret(meta)
      ? keys.map((cluster) => ({ cluster, server: typeof servers[cluster] === 'string' ? servers[cluster] : '' }))
      : [],
  }
}
