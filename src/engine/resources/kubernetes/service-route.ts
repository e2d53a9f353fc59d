import type { Meta } from '../meta.js'
import { findNumber, findText, type Raw, type Reading, readList, readObject, readText } from '../reading.js'

/** HTTPRoute, GRPCRoute, TCPRoute or TLSRoute of the Gateway API: its rules are not kept, only the Services that it is attached to. */
export interface ServiceRoute {
  readonly meta: Meta
  /** `namespace/name` of the Gateways that it is attached to, where it is no HTTPRoute. */
  readonly gateways: readonly string[]
  /** A port or a section, the port's name, narrows a parent to one of its ports. */
  readonly parents: readonly { readonly namespace: string; readonly name: string; readonly port?: number; readonly section?: string }[]
}

type Parent = ServiceRoute['parents'][number]

/** Only Services, of Kubernetes' core group, stand for traffic inside of the mesh; without a group the parent is a Gateway. */
const readParent =
  (home: string) =>
  (reading: Reading, item: Raw, at: string): Parent | undefined => {
    if (findText(reading, item, 'group', at) !== '' || findText(reading, item, 'kind', at) !== 'Service') return undefined
    const port = findNumber(reading, item, 'port', at)
    const section = findText(reading, item, 'sectionName', at)
    return {
      namespace: findText(reading, item, 'namespace', at) ?? home,
      name: readText(reading, item, 'name', at),
      ...(port === undefined ? {} : { port }),
      ...(section === undefined ? {} : { section }),
    }
  }

/** Gateways by `namespace/name`, of routes that nothing else reads. */
const readGateway =
  (home: string) =>
  (reading: Reading, item: Raw, at: string): string | undefined =>
    (findText(reading, item, 'kind', at) ?? 'Gateway') === 'Gateway'
      ? `${findText(reading, item, 'namespace', at) ?? home}/${readText(reading, item, 'name', at)}`
      : undefined

/** A route of the Gateway API by its parents. Rule ROUTE-27. */
export const readServiceRoute = (reading: Reading, raw: Raw, meta: Meta): ServiceRoute => ({
  meta,
  gateways:
    meta.kind === 'HTTPRoute'
      ? []
      : readList(reading, readObject(reading, raw, 'spec', ''), 'parentRefs', 'spec', readGateway(meta.namespace)),
  parents: readList(reading, readObject(reading, raw, 'spec', ''), 'parentRefs', 'spec', readParent(meta.namespace)),
})
