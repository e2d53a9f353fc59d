import type { Path } from '../parsing/pointer-trie.js'
import { isRecord } from '../raw-object.js'
import { isPrivateKey } from './hides-secret.js'

type Data = Readonly<Record<string, unknown>>

const certificateBlock = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g

/** A certificate is a sequence whose first member is a sequence; a private key under a certificate's heading is not. */
const isCertificate = (base64: string): boolean => {
  const der = Buffer.from(base64, 'base64')
  const length = der[1] ?? 0
  return der[0] === 0x30 && der[length < 0x80 ? 2 : 2 + (length & 0x7f)] === 0x30 && !isPrivateKey(der)
}

/** The PEM CERTIFICATE blocks of a text, all of a chain, and nothing between them. */
export const certificateBlocks = (text: string): string =>
  [...text.matchAll(certificateBlock)]
    .filter(([, base64]) => isCertificate(base64 ?? ''))
    .map(([block]) => `${block}\n`)
    .join('')

/** `https://host:port` of an address, without user, path and query; '' where it is none. */
const originOf = (address: string): string => {
  try {
    const { protocol, host } = new URL(address)
    return protocol === 'https:' || protocol === 'http:' ? `${protocol}//${host}` : ''
  } catch {
    return ''
  }
}

const serverOf = (kubeconfig: string): string => originOf(/"?server"?\s*:\s*["']?([^\s"',}]+)/.exec(kubeconfig)?.[1] ?? '')

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const decode = (value: string): string => Buffer.from(value, 'base64').toString('utf8')
const encode = (value: string): string => Buffer.from(value, 'utf8').toString('base64')

const isRemoteSecret = (labels: unknown): boolean =>
  isRecord(labels) && (labels['istio/multiCluster'] === 'true' || labels['kiali.io/multiCluster'] === 'true')

/**
 * What is stored of a Secret: who it is, its type, its keys, the public certificates under them, and of a remote secret the API
 * server host of each cluster ID in `remoteClusters`. `removed` gets the path of each value that was taken out.
 */
export const reduceSecret = (secret: Data, removed: (path: Path) => void): Data => {
  const reducePart = (part: 'data' | 'stringData', read: (value: string) => string, write: (value: string) => string): Data => {
    const data = secret[part]
    if (!isRecord(data)) return {}
    const entries = Object.entries(data).map(([key, value]): [string, string] => {
      const kept = write(certificateBlocks(read(text(value))))
      if (value !== kept && value !== null) removed([part, key])
      return [key, kept]
    })
    return { [part]: Object.fromEntries(entries) }
  }
  const { apiVersion, kind, metadata, type, immutable } = secret
  const same = (value: string): string => value
  return {
    apiVersion,
    kind,
    ...(metadata !== undefined && { metadata }),
    ...(typeof type === 'string' && { type }),
    ...(typeof immutable === 'boolean' && { immutable }),
    ...reducePart('data', decode, encode),
    ...reducePart('stringData', same, same),
    ...remoteClusters(secret),
  }
}

const remoteClusters = (secret: Data): Data => {
  if (!isRecord(secret.metadata) || !isRemoteSecret(secret.metadata.labels)) return {}
  const data = isRecord(secret.data) ? secret.data : {}
  const plain = isRecord(secret.stringData) ? secret.stringData : {}
  const known = isRecord(secret.remoteClusters) ? secret.remoteClusters : {}
  const servers = new Map<string, string>()
  for (const key of [...Object.keys(data), ...Object.keys(plain)]) {
    const kubeconfig = Object.hasOwn(plain, key) ? text(plain[key]) : decode(text(data[key]))
    const server = serverOf(kubeconfig) || originOf(Object.hasOwn(known, key) ? text(known[key]) : '')
    if (server !== '') servers.set(key, server)
  }
  return servers.size === 0 ? {} : { remoteClusters: Object.fromEntries(servers) }
}
