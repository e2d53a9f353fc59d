import { findNumber, findText, type Raw, type Reading, readText } from '../reading.js'

/** What a route names as a place to send to; `kind` is `group/kind`; a port of 0 was not stated. */
export interface BackendReference {
  readonly kind: string
  readonly namespace: string
  /** The namespace is written, and not the route's own by default. */
  readonly namespaced: boolean
  readonly name: string
  readonly port: number
}

export function readBackendReference(reading: Reading, ref: Raw, at: string, home: string): BackendReference {
  const namespace = findText(reading, ref, 'namespace', at)
  return {
    kind: `${findText(reading, ref, 'group', at) ?? ''}/${findText(reading, ref, 'kind', at) ?? 'Service'}`,
    namespace: namespace ?? home,
    namespaced: namespace !== undefined,
    name: readText(reading, ref, 'name', at),
    port: findNumber(reading, ref, 'port', at) ?? 0,
  }
}
