import type { Labels, Meta } from '../meta.js'
import { findLabels, findObject, findText, type Raw, type Reading, readList, readNumber, readObject, readText } from '../reading.js'
import {
  type ApiListener,
  type CertificateReference,
  type NamespacesAllowed,
  readApiListener,
  readCertificateReference,
  readNamespacesAllowed,
} from './api-listener.js'

/** How clients' certificates are checked; none: nobody asks for them. Rule GWAPI-22. */
export interface FrontendValidation {
  readonly authorities: readonly CertificateReference[]
  readonly mode?: string
}

/** `gateway.networking.k8s.io` Gateway. */
export interface KubernetesGateway {
  readonly meta: Meta
  readonly className: string
  readonly addresses: readonly { readonly type?: string; readonly value: string }[]
  /** Those that its controller has written; absent: no status is given. */
  readonly statusAddresses?: KubernetesGateway['addresses']
  readonly listeners: readonly ApiListener[]
  /** Of `spec.tls.frontend`: for every port, and instead of it for some. */
  readonly frontend?: { readonly usual: FrontendValidation; readonly byPort: ReadonlyMap<number, FrontendValidation> }
  /** Whose ListenerSets it takes; absent: nobody's. */
  readonly allowedListeners?: NamespacesAllowed
  /** Labels for what is deployed for it; absent: its own. */
  readonly infrastructureLabels?: Labels
  /** Name of the ConfigMap that changes what is deployed for it, or '' for something else than a ConfigMap. */
  readonly parameters?: string
}

type Address = KubernetesGateway['addresses'][number]

const readAddress = (reading: Reading, item: Raw, at: string): Address => {
  const type = findText(reading, item, 'type', at)
  return { ...(type === undefined ? {} : { type }), value: readText(reading, item, 'value', at) }
}

function readValidation(reading: Reading, from: Raw, at: string): FrontendValidation {
  const validation = readObject(reading, from, 'validation', at)
  const mode = findText(reading, validation, 'mode', `${at}.validation`)
  const authorities = readList(reading, validation, 'caCertificateRefs', `${at}.validation`, readCertificateReference('ConfigMap'))
  return { authorities, ...(mode === undefined ? {} : { mode }) }
}

function readFrontend(reading: Reading, spec: Raw): KubernetesGateway['frontend'] {
  const frontend = findObject(reading, readObject(reading, spec, 'tls', 'spec'), 'frontend', 'spec.tls')
  if (frontend === undefined) return undefined
  const at = 'spec.tls.frontend'
  const byPort = readList(reading, frontend, 'perPort', at, (inner, item, where) => {
    const tls = readObject(inner, item, 'tls', where)
    return [readNumber(inner, item, 'port', where), readValidation(inner, tls, `${where}.tls`)] as const
  })
  return { usual: readValidation(reading, readObject(reading, frontend, 'default', at), `${at}.default`), byPort: new Map(byPort) }
}

function readInfrastructure(reading: Reading, spec: Raw): Pick<KubernetesGateway, 'infrastructureLabels' | 'parameters'> {
  const infrastructure = readObject(reading, spec, 'infrastructure', 'spec')
  const labels = findLabels(reading, infrastructure, 'labels', 'spec.infrastructure')
  const ref = findObject(reading, infrastructure, 'parametersRef', 'spec.infrastructure')
  const at = 'spec.infrastructure.parametersRef'
  const isMap = ref !== undefined && readText(reading, ref, 'group', at) === '' && findText(reading, ref, 'kind', at) === 'ConfigMap'
  return {
    ...(labels === undefined ? {} : { infrastructureLabels: labels }),
    ...(ref === undefined ? {} : { parameters: isMap ? readText(reading, ref, 'name', at) : '' }),
  }
}

export const readKubernetesGateway = (reading: Reading, raw: Raw, meta: Meta): KubernetesGateway => {
  const spec = readObject(reading, raw, 'spec', '')
  const allowed = findObject(reading, spec, 'allowedListeners', 'spec')
  const frontend = readFrontend(reading, spec)
  const status = findObject(reading, raw, 'status', '')
  return {
    meta,
    className: readText(reading, spec, 'gatewayClassName', 'spec'),
    addresses: readList(reading, spec, 'addresses', 'spec', readAddress),
    listeners: readList(reading, spec, 'listeners', 'spec', readApiListener),
    ...(frontend === undefined ? {} : { frontend }),
    ...(allowed === undefined ? {} : { allowedListeners: readNamespacesAllowed(reading, allowed, 'spec.allowedListeners') }),
    ...readInfrastructure(reading, spec),
    ...(status === undefined ? {} : { statusAddresses: readList(reading, status, 'addresses', 'status', readAddress) }),
  }
}
