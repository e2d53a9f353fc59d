import { findNumber, findText, type Raw, type Reading, readList, readText } from '../reading.js'

/** Where a rule of a route sends; `kind` is `group/kind`; a port of 0 was not stated. */
export interface RouteBackend {
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly port: number
  readonly weight: number
}

/** The backends of a rule, which stands `at` this path. */
export const readBackends = (reading: Reading, rule: Raw, at: string, home: string): readonly RouteBackend[] =>
  readList(reading, rule, 'backendRefs', at, (inner, ref, where) => ({
    kind: `${findText(inner, ref, 'group', where) ?? ''}/${findText(inner, ref, 'kind', where) ?? 'Service'}`,
    namespace: findText(inner, ref, 'namespace', where) ?? home,
    name: readText(inner, ref, 'name', where),
    port: findNumber(inner, ref, 'port', where) ?? 0,
    weight: findNumber(inner, ref, 'weight', where) ?? 1,
  }))
