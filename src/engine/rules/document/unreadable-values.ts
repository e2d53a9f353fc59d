import { readX509 } from '../../snapshot/certificates/read-x509.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Certificate, Snapshot } from '../../snapshot/snapshot.js'
import { readRange } from '../networks/address-range.js'
import { headerRef } from '../../snapshot/references.js'
import type { Breach, Rule } from '../rule.js'

/** Certificates that somebody states or an object holds, and where they come from. */
interface Certificates {
  readonly value: readonly Certificate[] | undefined
  readonly because: readonly ResourceRef[]
}

const isObject = ({ kind }: ResourceRef): boolean => kind !== 'Cluster' && kind !== 'ControlPlane'

/** What a control plane takes from its cluster is told of the cluster. */
function* unreadableCertificates({ value = [], because }: Certificates, stated: ResourceRef): Iterable<Breach> {
  const count = value.filter((certificate) => readX509(certificate) === undefined).length
  if (count === 0 || because.some(({ kind }) => kind === 'Cluster' && kind !== stated.kind)) return
  const which = value.length === 1 ? 'the certificate' : `${count} of the ${value.length} certificates`
  const message = `${which} in \`${stated.path}\` cannot be read as X.509 in PEM: trust that rests on it is not known`
  yield { on: because.find(isObject) ?? stated, message }
}

function* unreadableRanges(cidrs: readonly string[], on: ResourceRef): Iterable<Breach> {
  for (const cidr of cidrs) {
    if (readRange(cidr) === undefined)
      yield { on, message: `\`${cidr}\` in \`${on.path}\` is not an address range such as \`10.0.0.0/16\`` }
  }
}

function* inClusters({ clusters }: Snapshot): Iterable<Breach> {
  for (const { name, podCidrs, serviceCidrs, rootCertificates } of clusters.values()) {
    yield* unreadableRanges(podCidrs, headerRef('Cluster', name, 'podCidrs'))
    yield* unreadableRanges(serviceCidrs, headerRef('Cluster', name, 'serviceCidrs'))
    yield* unreadableCertificates(rootCertificates, headerRef('Cluster', name, 'rootCertificates'))
  }
}

function* inControlPlanes({ controlPlanes }: Snapshot): Iterable<Breach> {
  for (const { name, rootCertificates, signingCertificates } of controlPlanes.values()) {
    yield* unreadableCertificates(rootCertificates, headerRef('ControlPlane', name, 'rootCertificates'))
    yield* unreadableCertificates(signingCertificates, headerRef('ControlPlane', name, 'signingCertificates'))
  }
}

export const unreadableValue: Rule = {
  code: 'REF103',
  name: 'unreadable-value',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'A certificate or an address range cannot be read, so what rests on it is not known.',
  *check(snapshot): Iterable<Breach> {
    yield* inClusters(snapshot)
    yield* inControlPlanes(snapshot)
  },
}
