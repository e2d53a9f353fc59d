import type { Raw } from '../../resources/reading.js'
import { type Complaint, has, textIn } from './fields.js'

const files = ['clientCertificate', 'caCertificates', 'privateKey', 'caCrl'] as const

/** TLS that a client originates: certificates from files or from a Secret, and none where nothing is verified. */
export function* checkClientTls(tls: Raw, at: string): Iterable<Complaint> {
  const mode = textIn(tls, 'mode')
  const secret = textIn(tls, 'credentialName')
  const originates = mode === 'SIMPLE' || mode === 'MUTUAL'
  if (tls['insecureSkipVerify'] === true && originates) {
    const verifying = ['caCertificates', 'subjectAltNames', ...(mode === 'SIMPLE' ? ['credentialName'] : [])].filter(
      (key) => has(tls, key) && tls[key] !== '',
    )
    if (verifying.length > 0) yield { at: `${at}.insecureSkipVerify`, says: `contradicts \`${verifying[0]}\`: nothing is verified` }
  }
  if (originates && secret !== '') {
    const beside = files.find((key) => textIn(tls, key) !== '')
    if (beside !== undefined) yield { at: `${at}.${beside}`, says: 'stands beside `credentialName`, which has the certificates' }
    return
  }
  // Whether there is a `privateKey` nobody can tell: it was taken out where the document came in.
  if (mode === 'MUTUAL' && textIn(tls, 'clientCertificate') === '') yield { at, says: 'is MUTUAL and has no `clientCertificate`' }
}
