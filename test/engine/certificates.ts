import 'reflect-metadata'
import { createHash, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import type { Certificate } from '#engine/snapshot/snapshot'

x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0])

type KeyPair = webcrypto.CryptoKeyPair

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** A certificate with the key that can sign further ones; keys live as long as the test. */
export interface TestAuthority {
  readonly pem: string
  readonly issuer: x509.X509Certificate
  readonly keys: KeyPair
}

export interface Terms {
  readonly from?: string
  readonly until?: string
  readonly ca?: boolean
  /** Sign again with the key pair of another certificate. */
  readonly keys?: KeyPair
  /** With a subject key identifier. */
  readonly marked?: boolean
}

let serial = 1

/** Issues a CA certificate: self-signed, or signed by `parent`. */
export async function issueAuthority(name: string, parent?: TestAuthority, terms: Terms = {}): Promise<TestAuthority> {
  const keys = terms.keys ?? ((await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as KeyPair)
  serial += 1
  const issuer = await x509.X509CertificateGenerator.create({
    serialNumber: serial.toString(16).padStart(2, '0'),
    subject: `O=Sightline Test, CN=${name}`,
    issuer: parent === undefined ? `O=Sightline Test, CN=${name}` : parent.issuer.subject,
    notBefore: new Date(terms.from ?? '2020-01-01T00:00:00Z'),
    notAfter: new Date(terms.until ?? '2046-01-01T00:00:00Z'),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: (parent?.keys ?? keys).privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(terms.ca ?? true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      ...(terms.marked === true ? [await x509.SubjectKeyIdentifierExtension.create(keys.publicKey)] : []),
    ],
  })
  return { pem: issuer.toString('pem'), issuer, keys }
}

/** The same as a snapshot holds it. */
export const asCertificate = ({ pem }: Pick<TestAuthority, 'pem'>): Certificate => ({
  pem,
  fingerprint: createHash('sha256').update(pem).digest('hex'),
})
