import type { Meta } from '../meta.js'
import { findNumber, findObject, findText, type Raw, type Reading, readList, readObject, readText, readTexts } from '../reading.js'

export interface IngressPath {
  readonly path: string
  /** Absent and `ImplementationSpecific` are up to whoever serves the Ingress. */
  readonly pathType: string | undefined
  /** Undefined: no Service is named. */
  readonly backend: { readonly service: string; readonly port: number | string } | undefined
}

/** `networking.k8s.io` Ingress. */
export interface Ingress {
  readonly meta: Meta
  readonly className: string | undefined
  readonly tls: readonly { readonly hosts: readonly string[]; readonly secretName: string }[]
  /** Rules with paths; a host of '' is any. */
  readonly rules: readonly { readonly host: string; readonly paths: readonly IngressPath[] }[]
}

const readBackend = (reading: Reading, item: Raw, at: string): IngressPath['backend'] => {
  const backend = readObject(reading, item, 'backend', at)
  const service = findObject(reading, backend, 'service', `${at}.backend`)
  if (service === undefined) return undefined
  const port = readObject(reading, service, 'port', `${at}.backend.service`)
  const number = findNumber(reading, port, 'number', `${at}.backend.service.port`) ?? 0
  const name = readText(reading, service, 'name', `${at}.backend.service`)
  return { service: name, port: number > 0 ? number : readText(reading, port, 'name', `${at}.backend.service.port`) }
}

const readPath = (reading: Reading, item: Raw, at: string): IngressPath => ({
  path: readText(reading, item, 'path', at),
  pathType: findText(reading, item, 'pathType', at),
  backend: readBackend(reading, item, at),
})

export const readIngress = (reading: Reading, raw: Raw, meta: Meta): Ingress => {
  const spec = readObject(reading, raw, 'spec', '')
  return {
    meta,
    className: findText(reading, spec, 'ingressClassName', 'spec'),
    tls: readList(reading, spec, 'tls', 'spec', (inner, item, at) => ({
      hosts: readTexts(inner, item, 'hosts', at),
      secretName: readText(inner, item, 'secretName', at),
    })),
    rules: readList(reading, spec, 'rules', 'spec', (inner, item, at) => {
      const http = findObject(inner, item, 'http', at)
      if (http === undefined) return undefined
      return { host: readText(inner, item, 'host', at), paths: readList(inner, http, 'paths', `${at}.http`, readPath) }
    }),
  }
}

/** `networking.k8s.io` IngressClass: who serves it. */
export const readIngressClass = (reading: Reading, raw: Raw, meta: Meta): { readonly meta: Meta; readonly controller: string } => ({
  meta,
  controller: readText(reading, readObject(reading, raw, 'spec', ''), 'controller', 'spec'),
})
