import { X509Certificate } from 'node:crypto'
import type { Certificate } from '../snapshot.js'
import { remembered } from '../../remembered.js'

/** A certificate as verification needs it; times in milliseconds since the epoch. */
export interface ReadCertificate {
  readonly x509: X509Certificate
  readonly fingerprint: string
  readonly from: number
  readonly until: number
  /** Two certificates that agree in this are one anchor, however often it was signed again (TRUST-6). */
  readonly keyAndSubject: string
  /** Subject key identifier in hex; undefined: it has none. */
  readonly keyId: string | undefined
}

/** The certificate, or undefined when it cannot be read: bytes after its DER count as damage, as they do in BoringSSL. */
export const readX509 = (certificate: Certificate): ReadCertificate | undefined => readOnce(certificate) ?? undefined

/** What cannot be read is null, so that it is not tried again. */
const readOnce = remembered(({ pem }: Certificate): ReadCertificate | null => {
  try {
    const x509 = new X509Certificate(pem)
    const body = pem.replace(/-----[^-]+-----/gu, '')
    if (Buffer.from(body, 'base64').length !== x509.raw.length) return null
    const key = x509.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
    return {
      x509,
      fingerprint: x509.fingerprint256,
      from: Date.parse(x509.validFrom),
      until: Date.parse(x509.validTo),
      keyAndSubject: `${x509.subject}\n${key}`,
      keyId: findKeyId(x509.raw),
    }
  } catch {
    return null
  }
})

/** The extension's object identifier (RFC 5280, 4.2.1.2) as DER has it. */
const subjectKeyIdentifier = Buffer.from('0603551d0e', 'hex')

function findKeyId(der: Buffer): string | undefined {
  const at = der.indexOf(subjectKeyIdentifier)
  if (at < 0) return undefined
  // An OCTET STRING within one, each with a length of one byte; a flag may stand before them.
  const outer = der[at + 5] === 0x01 ? at + 8 : at + 5
  const length = der[outer] === 0x04 && der[outer + 2] === 0x04 ? (der[outer + 3] ?? 0) : 0
  return length === 0 ? undefined : der.subarray(outer + 4, outer + 4 + length).toString('hex')
}

export const isAuthority = (certificate: Certificate): boolean => readX509(certificate)?.x509.ca === true
