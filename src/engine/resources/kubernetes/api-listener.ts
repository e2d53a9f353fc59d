import { type LabelSelector, readLabelSelector } from '../label-selector.js'
import type { Labels } from '../meta.js'
import {
  findLabels,
  findObject,
  findText,
  noLabels,
  type Raw,
  type Reading,
  readList,
  readNumber,
  readObject,
  readText,
} from '../reading.js'

/** A Secret or a ConfigMap that a listener names; without a namespace it is of the listener's own. */
export interface CertificateReference {
  /** `group/kind`. */
  readonly kind: string
  readonly namespace?: string
  readonly name: string
}

/** Whose objects are let in: `Same` namespace, `All`, `None`, or those that the `Selector` takes. */
export interface NamespacesAllowed {
  readonly from?: string
  readonly selector?: LabelSelector
}

/** A listener of a Gateway or a ListenerSet. */
export interface ApiListener {
  readonly name: string
  readonly port: number
  readonly protocol: string
  readonly hostname?: string
  readonly tls?: { readonly mode?: string; readonly options: Labels; readonly certificates: readonly CertificateReference[] }
  /** From which namespaces routes may be attached: `Same` unless stated. */
  readonly namespaces?: string
  readonly namespaceSelector?: LabelSelector
  /** Which kinds of routes may be attached, as `group/kind`, where that is stated. */
  readonly kinds?: readonly string[]
}

const readRouteKind = (reading: Reading, item: Raw, at: string): string =>
  `${findText(reading, item, 'group', at) ?? 'gateway.networking.k8s.io'}/${readText(reading, item, 'kind', at)}`

/** `usual`: the kind that is meant where none is written. */
export const readCertificateReference =
  (usual: string) =>
  (reading: Reading, item: Raw, at: string): CertificateReference => {
    const namespace = findText(reading, item, 'namespace', at)
    return {
      kind: `${findText(reading, item, 'group', at) ?? ''}/${findText(reading, item, 'kind', at) ?? usual}`,
      ...(namespace === undefined ? {} : { namespace }),
      name: readText(reading, item, 'name', at),
    }
  }

/** `namespaces` of what stands `at` this path. */
export function readNamespacesAllowed(reading: Reading, from: Raw, at: string): NamespacesAllowed {
  const namespaces = readObject(reading, from, 'namespaces', at)
  const stated = findText(reading, namespaces, 'from', `${at}.namespaces`)
  const selector = findObject(reading, namespaces, 'selector', `${at}.namespaces`)
  return {
    ...(stated === undefined ? {} : { from: stated }),
    ...(selector === undefined ? {} : { selector: readLabelSelector(reading, selector, `${at}.namespaces.selector`) }),
  }
}

function readTls(reading: Reading, item: Raw, at: string): ApiListener['tls'] {
  const tls = findObject(reading, item, 'tls', at)
  if (tls === undefined) return undefined
  const mode = findText(reading, tls, 'mode', `${at}.tls`)
  return {
    ...(mode === undefined ? {} : { mode }),
    options: findLabels(reading, tls, 'options', `${at}.tls`) ?? noLabels,
    certificates: readList(reading, tls, 'certificateRefs', `${at}.tls`, readCertificateReference('Secret')),
  }
}

export function readApiListener(reading: Reading, item: Raw, at: string): ApiListener {
  const hostname = findText(reading, item, 'hostname', at)
  const tls = readTls(reading, item, at)
  const allowed = readObject(reading, item, 'allowedRoutes', at)
  const { from, selector } = readNamespacesAllowed(reading, allowed, `${at}.allowedRoutes`)
  const kinds = readList(reading, allowed, 'kinds', `${at}.allowedRoutes`, readRouteKind)
  return {
    name: readText(reading, item, 'name', at),
    port: readNumber(reading, item, 'port', at),
    protocol: readText(reading, item, 'protocol', at),
    ...(hostname === undefined || hostname === '' ? {} : { hostname }),
    ...(tls === undefined ? {} : { tls }),
    ...(from === undefined ? {} : { namespaces: from }),
    ...(selector === undefined ? {} : { namespaceSelector: selector }),
    ...(kinds.length === 0 ? {} : { kinds }),
  }
}
