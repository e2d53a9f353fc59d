import { createHash } from 'node:crypto'
import { certificatesOf } from '../../resources/kubernetes/secret.js'
import type { Certificate } from '../snapshot.js'

const bodyOf = (pem: string): Uint8Array => Buffer.from(pem.replace(/-----[^-]+-----/g, '').replace(/\s+/g, ''), 'base64')

const toCertificate = (pem: string): Certificate => ({ pem, fingerprint: createHash('sha256').update(bodyOf(pem)).digest('hex') })

/**
 * Certificates of PEM texts, in order; one text may hold several (TRUST-4).
 *
 * A text without a certificate block is kept whole, so that whoever verifies with it can say that it is unreadable.
 */
export const readCertificates = (texts: readonly string[]): readonly Certificate[] =>
  texts.flatMap((text) => {
    const blocks = certificatesOf(text)
    return (blocks.length === 0 ? [text] : blocks).map(toCertificate)
  })
