/** What the routes of the Gateway API have in common: to which Gateways they are attached, and where they send. */
import { findNumber, findText, type Raw, type Reading, readList, readText } from '../reading.js'

/** A Gateway that a route is attached to; a section of '' or a port of 0: to all of its listeners. */
export interface GatewayParent {
  readonly namespace: string
  readonly name: string
  readonly section: string
  readonly port: number
}

/** `kind` is `group/kind`; a port of 0 was not stated. */
export interface RouteBackend {
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly port: number
  readonly weight: number
}

/** The parents of `spec` that are Gateways. */
export const readGatewayParents = (reading: Reading, spec: Raw, home: string): readonly GatewayParent[] =>
  readList(reading, spec, 'parentRefs', 'spec', (inner, item, at) => {
    const kind = findText(inner, item, 'kind', at) ?? 'Gateway'
    if (kind !== 'Gateway') return undefined
    return {
      namespace: findText(inner, item, 'namespace', at) ?? home,
      name: readText(inner, item, 'name', at),
      section: findText(inner, item, 'sectionName', at) ?? '',
      port: findNumber(inner, item, 'port', at) ?? 0,
    }
  })

/** The backends of a rule, which stands `at` this path. */
export const readBackends = (reading: Reading, rule: Raw, at: string, home: string): readonly RouteBackend[] =>
  readList(reading, rule, 'backendRefs', at, (inner, ref, where) => ({
    kind: `${findText(inner, ref, 'group', where) ?? ''}/${findText(inner, ref, 'kind', where) ?? 'Service'}`,
    namespace: findText(inner, ref, 'namespace', where) ?? home,
    name: readText(inner, ref, 'name', where),
    port: findNumber(inner, ref, 'port', where) ?? 0,
    weight: findNumber(inner, ref, 'weight', where) ?? 1,
  }))
