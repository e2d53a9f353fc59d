import type { ClusterPart } from './cluster-part.js'
import { readCertificates } from '../certificates/certificates.js'
import type { Fact } from '../fact.js'
import { derived, firstKnown, stated, unknown } from '../known.js'
import { headerRef } from '../references.js'
import type { Certificate } from '../snapshot.js'

type Certificates = Fact<readonly Certificate[]>

const statedCertificates = (part: ClusterPart, key: 'rootCertificates' | 'signingCertificates'): Certificates => {
  const pems = part.header[key]
  return pems === undefined ? unknown() : stated(readCertificates(pems), [headerRef('Cluster', part.header.name, `${part.path}.${key}`)])
}

/** Certificates of the plugged-in CA's Secret: its roots, or what it signs with followed by the chain. Rules TRUST-3, TRUST-4. */
const ofCaSecret = (part: ClusterPart, systemNamespace: string, keys: readonly string[]): Certificates => {
  const secret = part.resources.secrets.get(systemNamespace)?.find((candidate) => candidate.meta.name === 'cacerts')
  const pems = secret === undefined ? [] : keys.flatMap((key) => secret.certificates[key] ?? [])
  return secret === undefined || pems.length === 0 ? unknown() : derived(unique(readCertificates(pems)), [part.ref(secret.meta)])
}

const unique = (certificates: readonly Certificate[]): readonly Certificate[] => [
  ...new Map(certificates.map((certificate) => [certificate.fingerprint, certificate])).values(),
]

/** The ConfigMap that istiod writes into every namespace it selects: what the proxies there trust. Its own namespace's shows it best. */
const ofRootConfigMap = ({ resources, ref }: ClusterPart, systemNamespace: string): Certificates => {
  for (const maps of [resources.configMaps.get(systemNamespace) ?? [], ...resources.configMaps.values()]) {
    const map = maps.find((candidate) => candidate.meta.name === 'istio-ca-root-cert')
    const pem = map?.data['root-cert.pem']
    if (map !== undefined && pem !== undefined && pem !== '') return derived(readCertificates([pem]), [ref(map.meta)])
  }
  return unknown()
}

/** What the proxies of a cluster trust. */
export const rootCertificatesOf = (part: ClusterPart, systemNamespace: string): Certificates =>
  firstKnown(
    statedCertificates(part, 'rootCertificates'),
    ofRootConfigMap(part, systemNamespace),
    ofCaSecret(part, systemNamespace, ['root-cert.pem']),
  )

/** What the CA of the control plane in a cluster signs with, then the chain above it. */
export const signingCertificatesOf = (part: ClusterPart, systemNamespace: string): Certificates =>
  firstKnown(statedCertificates(part, 'signingCertificates'), ofCaSecret(part, systemNamespace, ['ca-cert.pem', 'cert-chain.pem']))
