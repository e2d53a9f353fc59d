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
    }
  } catch {
    return null
  }
})

export const isAuthority = (certificate: Certificate): boolean => readX509(certificate)?.x509.ca === true
