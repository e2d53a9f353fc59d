import { type LabelSelector, readLabelSelector } from '../label-selector.js'
import type { Labels, Meta } from '../meta.js'
import { findObject, findText, type Raw, type Reading, readLabels, readList, readNumber, readObject, readText } from '../reading.js'

/** `gateway.networking.k8s.io` Gateway. */
export interface KubernetesGateway {
  readonly meta: Meta
  readonly className: string
  readonly addresses: readonly { readonly type?: string; readonly value: string }[]
  readonly listeners: readonly {
    readonly name: string
    readonly port: number
    readonly protocol: string
    readonly hostname?: string
    readonly tls?: { readonly mode?: string; readonly options: Labels /** Name of the first Secret. */; readonly certificate?: string }
    /** From which namespaces routes may be attached: `Same` unless stated. */
    readonly namespaces?: string
    /** Labels of the namespaces, where `namespaces` is `Selector`. */
    readonly namespaceSelector?: LabelSelector
    /** Which kinds of routes may be attached, as `group/kind`, where that is stated. */
    readonly kinds?: readonly string[]
  }[]
  readonly infrastructureLabels: Labels
  /** Those that its controller has written; absent: no status is given. */
  readonly statusAddresses?: KubernetesGateway['addresses']
}

const readAddress = (reading: Reading, item: Raw, at: string): KubernetesGateway['addresses'][number] => {
  const type = findText(reading, item, 'type', at)
  return { ...(type === undefined ? {} : { type }), value: readText(reading, item, 'value', at) }
}

const readRouteKind = (reading: Reading, item: Raw, at: string): string =>
  `${findText(reading, item, 'group', at) ?? 'gateway.networking.k8s.io'}/${readText(reading, item, 'kind', at)}`

const readListener = (reading: Reading, item: Raw, at: string): KubernetesGateway['listeners'][number] => {
  const hostname = findText(reading, item, 'hostname', at)
  const tls = findObject(reading, item, 'tls', at)
  const mode = tls === undefined ? undefined : findText(reading, tls, 'mode', `${at}.tls`)
  const [certificate] =
    tls === undefined
      ? []
      : readList(reading, tls, 'certificateRefs', `${at}.tls`, (inner, ref, where) => readText(inner, ref, 'name', where))
  const allowed = readObject(reading, item, 'allowedRoutes', at)
  const where = `${at}.allowedRoutes`
  const from = readObject(reading, allowed, 'namespaces', where)
  const namespaces = findText(reading, from, 'from', `${where}.namespaces`)
  const selector = findObject(reading, from, 'selector', `${where}.namespaces`)
  const kinds = readList(reading, allowed, 'kinds', where, readRouteKind)
  return {
    name: readText(reading, item, 'name', at),
    port: readNumber(reading, item, 'port', at),
    protocol: readText(reading, item, 'protocol', at),
    ...(hostname === undefined ? {} : { hostname }),
    ...(tls === undefined
      ? {}
      : {
          tls: {
            ...(mode === undefined ? {} : { mode }),
            ...(certificate === undefined ? {} : { certificate }),
            options: readLabels(reading, tls, 'options', `${at}.tls`),
          },
        }),
    ...(namespaces === undefined ? {} : { namespaces }),
    ...(selector === undefined ? {} : { namespaceSelector: readLabelSelector(reading, selector, `${where}.namespaces.selector`) }),
    ...(kinds.length === 0 ? {} : { kinds }),
  }
}

export const readKubernetesGateway = (reading: Reading, raw: Raw, meta: Meta): KubernetesGateway => {
  const spec = readObject(reading, raw, 'spec', '')
  const status = findObject(reading, raw, 'status', '')
  return {
    meta,
    className: readText(reading, spec, 'gatewayClassName', 'spec'),
    addresses: readList(reading, spec, 'addresses', 'spec', readAddress),
    listeners: readList(reading, spec, 'listeners', 'spec', readListener),
    infrastructureLabels: readLabels(reading, readObject(reading, spec, 'infrastructure', 'spec'), 'labels', 'spec.infrastructure'),
    ...(status === undefined ? {} : { statusAddresses: readList(reading, status, 'addresses', 'status', readAddress) }),
  }
}
