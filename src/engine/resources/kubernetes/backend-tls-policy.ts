import type { Meta } from '../meta.js'
import { findText, type Raw, type Reading, readList, readObject, readText } from '../reading.js'
import { type CertificateReference, readCertificateReference } from './api-listener.js'

/** `gateway.networking.k8s.io` BackendTLSPolicy: TLS that proxies originate to a Service. Rule GWAPI-69. */
export interface BackendTlsPolicy {
  readonly meta: Meta
  /** `kind` is `group/kind`; the section is the name of one port. */
  readonly targets: readonly { readonly kind: string; readonly name: string; readonly section?: string }[]
  readonly hostname: string
  /** None: those of the system. */
  readonly authorities: readonly CertificateReference[]
  /** Names that the server's certificate must have one of, instead of the hostname. */
  readonly subjectAltNames: readonly string[]
}

export const readBackendTlsPolicy = (reading: Reading, raw: Raw, meta: Meta): BackendTlsPolicy => {
  const spec = readObject(reading, raw, 'spec', '')
  const validation = readObject(reading, spec, 'validation', 'spec')
  return {
    meta,
    targets: readList(reading, spec, 'targetRefs', 'spec', (inner, item, at) => {
      const section = findText(inner, item, 'sectionName', at)
      return {
        kind: `${readText(inner, item, 'group', at)}/${readText(inner, item, 'kind', at)}`,
        name: readText(inner, item, 'name', at),
        ...(section === undefined ? {} : { section }),
      }
    }),
    hostname: readText(reading, validation, 'hostname', 'spec.validation'),
    authorities: readList(reading, validation, 'caCertificateRefs', 'spec.validation', readCertificateReference('ConfigMap')),
    subjectAltNames: readList(reading, validation, 'subjectAltNames', 'spec.validation', (inner, item, at) =>
      findText(inner, item, findText(inner, item, 'type', at) === 'URI' ? 'uri' : 'hostname', at),
    ),
  }
}
