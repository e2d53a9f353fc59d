import { findNumber, findText, type Raw, type Reading, readList, readText } from '../reading.js'

/** A Gateway that a route is attached to; a section of '' or a port of 0: to all of its listeners. */
export interface GatewayParent {
  readonly namespace: string
  readonly name: string
  readonly section: string
  readonly port: number
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
