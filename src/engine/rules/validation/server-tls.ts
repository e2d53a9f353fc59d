import type { Raw } from '../../resources/reading.js'
import { type Complaint, listIn, objectsIn, textIn } from './fields.js'

const certificates = ['serverCertificate', 'privateKey', 'caCertificates', 'credentialName'] as const
const lists = ['credentialNames', 'tlsCertificates'] as const

const isSet = (tls: Raw, key: string): boolean => textIn(tls, key) !== '' || listIn(tls, key).length > 0

/** TLS that a server ends: certificates from one source where its mode needs them, and none where it does not. */
export function* checkServerTls(tls: Raw, at: string, remedy = 'name a Secret with `credentialName`, or files'): Iterable<Complaint> {
  const mode = textIn(tls, 'mode') || 'PASSTHROUGH'
  if (mode === 'ISTIO_MUTUAL') {
    for (const key of [...certificates, ...lists]) {
      if (isSet(tls, key)) yield { at: `${at}.${key}`, says: 'is set, though ISTIO_MUTUAL uses the certificates of the proxy itself' }
    }
    return
  }
  const sources = [...lists, 'credentialName'].filter((key) => isSet(tls, key))
  if (isSet(tls, 'serverCertificate')) sources.push('serverCertificate')
  if (sources.length > 1)
    yield { at, says: `has certificates from ${sources.map((key) => `\`${key}\``).join(' and ')}: there may be one source` }
  if (mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH') {
    const ignored = [...certificates, ...lists, 'caCrl'].find((key) => isSet(tls, key))
    if (ignored !== undefined) yield { at: `${at}.${ignored}`, says: `is ignored: ${mode} ends no TLS`, warns: true }
    return
  }
  yield* checkOwnCertificates(tls, at, mode, remedy)
}

/** SIMPLE, MUTUAL and OPTIONAL_MUTUAL present a certificate. */
function* checkOwnCertificates(tls: Raw, at: string, mode: string, remedy: string): Iterable<Complaint> {
  if (isSet(tls, 'credentialName') || isSet(tls, 'credentialNames')) return
  if (mode !== 'SIMPLE' && !isSet(tls, 'caCertificates'))
    yield { at, says: `is ${mode} and has no \`caCertificates\` to verify clients with` }
  const several = [...objectsIn(tls, 'tlsCertificates', at)]
  for (const [pair, place] of several.length > 0 ? several : [[tls, at] as const]) {
    // Whether there is a `privateKey` nobody can tell: it was taken out where the document came in.
    if (textIn(pair, 'serverCertificate') === '') yield { at: place, says: `is ${mode} and has no \`serverCertificate\`: ${remedy}` }
  }
  if (isSet(tls, 'caCrl') && mode === 'SIMPLE') yield { at: `${at}.caCrl`, says: 'is set, though SIMPLE verifies no client' }
}
