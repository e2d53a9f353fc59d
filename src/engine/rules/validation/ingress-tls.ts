import type { Raw } from '../../resources/reading.js'
import { type Complaint, has, listIn, objectIn, textIn, when } from './fields.js'
import { isTls } from './names.js'
import { checkServerTls } from './server-tls.js'

const lists = ['subjectAltNames', 'credentialNames', 'tlsCertificates'] as const

/** TLS that a sidecar ends on a port of its own: with files, in a mode of its own, on a port made of TLS. */
export function* checkIngressTls(listener: Raw, at: string): Iterable<Complaint> {
  if (!has(listener, 'tls')) return
  const [tls, place] = [objectIn(listener, 'tls'), `${at}.tls`]
  const [mode, protocol] = [textIn(tls, 'mode'), textIn(objectIn(listener, 'port'), 'protocol')]
  for (const key of lists) yield* when(listIn(tls, key).length > 0, `${place}.${key}`, 'is not supported in a Sidecar')
  yield* when(textIn(tls, 'credentialName') !== '', `${place}.credentialName`, 'is not supported in a Sidecar')
  yield* when(tls['httpsRedirect'] === true, `${place}.httpsRedirect`, 'is not supported in a Sidecar')
  const isForeign = mode === 'ISTIO_MUTUAL' || mode === 'AUTO_PASSTHROUGH'
  yield* when(isForeign, `${place}.mode`, `is ${mode}, which is for gateways only`)
  yield* when(!isTls(protocol), place, `is set for ${protocol || 'no protocol'}, which has none: write HTTPS or TLS`)
  yield* checkServerTls(tls, place, 'name files of the proxy')
}
