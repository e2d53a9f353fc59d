import type { Meta } from '../meta.js'
import { emptyRaw, findNumber, findText, type Raw, type Reading, readList, readObject, readText, readTexts } from '../reading.js'
import { type GatewayParent, readGatewayParents } from './gateway-parent.js'
import { readBackends, type RouteBackend } from './route-backend.js'

/** HTTPRoute, GRPCRoute, TCPRoute or TLSRoute of the Gateway API: its matches are not kept, only what it is attached to and where it sends. */
export interface ServiceRoute {
  readonly meta: Meta
  /** Gateways that it is attached to, its names, and where its rules send, where it is no HTTPRoute: that is read by itself. */
  readonly gateways: readonly GatewayParent[]
  readonly hostnames: readonly string[]
  readonly rules: readonly { readonly backends: readonly RouteBackend[] }[]
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

/** A route of the Gateway API by its parents. Rule ROUTE-27. */
export const readServiceRoute = (reading: Reading, raw: Raw, meta: Meta): ServiceRoute => {
  const spec = readObject(reading, raw, 'spec', '')
  const own = meta.kind === 'HTTPRoute' ? emptyRaw : spec
  return {
    meta,
    gateways: readGatewayParents(reading, own, meta.namespace),
    hostnames: readTexts(reading, own, 'hostnames', 'spec').map((host) => host.toLowerCase()),
    rules: readList(reading, own, 'rules', 'spec', (inner, rule, at) => ({ backends: readBackends(inner, rule, at, meta.namespace) })),
    parents: readList(reading, spec, 'parentRefs', 'spec', readParent(meta.namespace)),
  }
}
