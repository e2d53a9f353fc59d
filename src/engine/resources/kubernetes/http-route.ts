import type { Meta } from '../meta.js'
import { findText, type Raw, type Reading, readList, readObject, readText, readTexts } from '../reading.js'
import { type GatewayParent, readGatewayParents } from './gateway-parent.js'
import { readBackends, type RouteBackend } from './route-backend.js'

type Named = { readonly name: string; readonly value: string; readonly regex: boolean }

export interface HttpRouteMatch {
  readonly path: { readonly type: string; readonly value: string }
  readonly method: string | undefined
  readonly headers: readonly Named[]
  readonly queryParams: readonly Named[]
}

export interface HttpRouteRule {
  readonly matches: readonly HttpRouteMatch[]
  readonly backends: readonly RouteBackend[]
  /** Types of its filters. */
  readonly filters: readonly string[]
}

/** `gateway.networking.k8s.io` HTTPRoute. */
export interface GatewayHttpRoute {
  readonly meta: Meta
  /** Gateways that it is attached to. */
  readonly gateways: readonly GatewayParent[]
  readonly hostnames: readonly string[]
  readonly rules: readonly HttpRouteRule[]
}

const anyPath = { type: 'PathPrefix', value: '/' }

const readNamed = (reading: Reading, item: Raw, at: string): Named => ({
  name: readText(reading, item, 'name', at).toLowerCase(),
  value: readText(reading, item, 'value', at),
  regex: findText(reading, item, 'type', at) === 'RegularExpression',
})

const readMatch = (reading: Reading, item: Raw, at: string): HttpRouteMatch => {
  const path = readObject(reading, item, 'path', at)
  return {
    path: {
      type: findText(reading, path, 'type', `${at}.path`) ?? anyPath.type,
      value: findText(reading, path, 'value', `${at}.path`) ?? '/',
    },
    method: findText(reading, item, 'method', at),
    headers: readList(reading, item, 'headers', at, readNamed),
    queryParams: readList(reading, item, 'queryParams', at, readNamed),
  }
}

const readRule =
  (home: string) =>
  (reading: Reading, item: Raw, at: string): HttpRouteRule => {
    const matches = readList(reading, item, 'matches', at, readMatch)
    return {
      matches: matches.length > 0 ? matches : [{ path: anyPath, method: undefined, headers: [], queryParams: [] }],
      backends: readBackends(reading, item, at, home),
      filters: readList(reading, item, 'filters', at, (inner, filter, where) => readText(inner, filter, 'type', where)),
    }
  }

/** Rules by their matches and backends. Absent rules are one for every request. Rule GW-10. */
export const readHttpRoute = (reading: Reading, raw: Raw, meta: Meta): GatewayHttpRoute => {
  const spec = readObject(reading, raw, 'spec', '')
  const rules = readList(reading, spec, 'rules', 'spec', readRule(meta.namespace))
  return {
    meta,
    gateways: readGatewayParents(reading, spec, meta.namespace),
    hostnames: readTexts(reading, spec, 'hostnames', 'spec').map((host) => host.toLowerCase()),
    rules,
  }
}
