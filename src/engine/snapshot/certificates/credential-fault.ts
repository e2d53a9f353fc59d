import type { GatewayServer } from '../../resources/istio/gateway.js'
import type { Secret } from '../../resources/kubernetes/secret.js'
import { readX509 } from './read-x509.js'

/** Why a control plane does not hand the Secret out. */
export interface CredentialFault {
  readonly message: string
  /** Undoubted: a value that cannot be read may have been taken out by those who wrote the document. */
  readonly sure: boolean
}

/** Names under which a certificate and its key stand, those that istiod looks for first before the others. */
const pairs = [
  ['cert', 'key'],
  ['tls.crt', 'tls.key'],
] as const
const authorities = ['cacert', 'ca.crt'] as const

const pairOf = ({ keys }: Secret) => pairs.find((pair) => pair.every((key) => keys.includes(key)))

/** What it presents: the first certificate under its name. */
export function certificateOf(secret: Secret): string | undefined {
  const pair = pairOf(secret)
  return pair === undefined ? undefined : secret.certificates[pair[0]]?.[0]
}

/** Does it look like a certificate with its key? */
export const isCredential = (secret: Secret): boolean => secret.type === 'kubernetes.io/tls' || pairOf(secret) !== undefined

/** Does it hold a certificate with its key, at any moment? What cannot be read may have been taken out by those who wrote the document. */
export const certificateIsUsable = (secret: Secret): boolean => secret.keys.length === 0 || pairOf(secret) !== undefined

const asksForCertificates = ({ tlsMode, authorityApart }: GatewayServer): boolean =>
  authorityApart !== true && (tlsMode === 'MUTUAL' || tlsMode === 'OPTIONAL_MUTUAL')

/** `others`: the Secrets of its namespace; `at`: milliseconds since the epoch; undefined: any moment. A Secret without any key was emptied, and says nothing. */
export function credentialFault(
  secret: Secret,
  others: readonly Secret[],
  server: GatewayServer,
  at: number | undefined,
): CredentialFault | undefined {
  if (secret.keys.length === 0) return undefined
  const pair = pairOf(secret)
  if (pair === undefined) {
    const had = secret.keys.slice(0, 4).join('`, `')
    return { message: `has neither \`tls.crt\` with \`tls.key\` nor \`cert\` with \`key\`, but \`${had}\``, sure: true }
  }
  const certificate = certificateOf(secret)
  if (certificate === undefined) return { message: `holds nothing under \`${pair[0]}\` that is a certificate in PEM`, sure: false }
  return faultIn(certificate, pair[0], at) ?? (asksForCertificates(server) ? withoutAuthority(secret, others) : undefined)
}

function faultIn(pem: string, key: string, at: number | undefined): CredentialFault | undefined {
  const read = readX509({ pem, fingerprint: '' })
  if (read === undefined) return { message: `holds a certificate under \`${key}\` that cannot be read as X.509`, sure: false }
  if (at === undefined) return undefined
  if (at > read.until) return { message: `holds a certificate that ended on ${dayOf(read.until)}`, sure: true }
  return at < read.from ? { message: `holds a certificate that is not valid before ${dayOf(read.from)}`, sure: true } : undefined
}

const dayOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10)

/** Certificates of clients are checked by what the Secret says itself, or one beside it. */
function withoutAuthority({ meta, keys }: Secret, others: readonly Secret[]): CredentialFault | undefined {
  const beside = `${meta.name}-cacert`
  if (authorities.some((key) => keys.includes(key)) || others.some((other) => other.meta.name === beside)) return undefined
  return {
    message: `has no \`ca.crt\`, and no Secret \`${beside}\` stands beside it, to check the certificates of clients by`,
    sure: false,
  }
}
