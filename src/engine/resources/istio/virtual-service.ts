import { pause } from '../../pause.js'
import { putMember } from '../../put-member.js'
import { isRemovedValue } from '../../manifests/secrets/removed-value.js'
import type { ReasonCode } from '../../model/reasons.js'
import type { Labels, Meta } from '../meta.js'
import {
  findFlag,
  findNumber,
  findObject,
  findText,
  isRaw,
  noLabels,
  noteUnreadable,
  type Raw,
  type Reading,
  readLabels,
  readList,
  readNumber,
  readObject,
  readText,
  readTexts,
} from '../reading.js'
import { findHeaderOperations, findRewrite, type HeaderOperations, type Rewrite } from './rewrite.js'

/** Prefix, exact or regular-expression match of Istio. */
export type StringMatch =
  | { readonly exact: string }
  | { readonly prefix: string /** Of a path: only as far as a `/`, or the end. */; readonly wholeElements?: true }
  | { readonly regex: string }
  /** `{}`: the attribute is present. */
  | { readonly present: true }
  /** What it compared with was a secret, so nobody knows what it takes. */
  | { readonly removed: 'exact' | 'prefix' | 'regex' }

export interface RouteDestination {
  readonly host: string
  /** As written, where that has capital letters. */
  readonly spelledHost?: string
  readonly subset: string
  readonly port?: number
  /** As written; absent counts as given by ROUTE-4. */
  readonly weight?: number
  readonly headers?: HeaderOperations
  /** There is no such destination for the route, whatever the proxy knows. */
  readonly refused?: { readonly reason: ReasonCode; readonly message: string }
}

/** Where a route really stands that a control plane has made of another object: its owner, its path, and those of its destinations in it. */
export interface RouteOrigin {
  readonly owner: Meta
  readonly path: string
  readonly destinations: readonly string[]
}

export interface HttpMatch {
  readonly uri?: StringMatch
  readonly ignoreUriCase: boolean
  readonly scheme?: StringMatch
  readonly method?: StringMatch
  readonly authority?: StringMatch
  readonly headers: Readonly<Record<string, StringMatch>>
  readonly withoutHeaders: Readonly<Record<string, StringMatch>>
  readonly queryParams: Readonly<Record<string, StringMatch>>
  readonly port?: number
  readonly sourceLabels: Labels
  readonly sourceNamespace?: string
  readonly gateways: readonly string[]
}

export interface HttpRoute {
  readonly name: string
  readonly match: readonly HttpMatch[]
  readonly route: readonly RouteDestination[]
  readonly delegate?: { readonly name: string; readonly namespace?: string }
  readonly redirect?: { readonly authority?: string; readonly uri?: string }
  readonly directResponse?: { readonly status: number }
  /** Percentage of requests aborted, 0 when there is no abort. */
  readonly abortPercent: number
  readonly rewrite?: Rewrite
  readonly headers?: HeaderOperations
  readonly mirrors: readonly RouteDestination[]
  readonly origin?: RouteOrigin
}

/** Match block of a tls or tcp route (ROUTE-9). */
export interface L4Match {
  readonly sniHosts: readonly string[]
  readonly destinationSubnets: readonly string[]
  readonly port?: number
  readonly sourceLabels: Labels
  readonly sourceNamespace?: string
  readonly gateways: readonly string[]
}

export interface L4Route {
  readonly match: readonly L4Match[]
  readonly route: readonly RouteDestination[]
  readonly origin?: RouteOrigin
}

export interface VirtualService {
  readonly meta: Meta
  /** It is made of routes of the Gateway API, whose rules differ in parts. */
  readonly ofGatewayApi?: true
  readonly hosts: readonly string[]
  /** As written; empty means `mesh`. */
  readonly gateways: readonly string[]
  readonly exportTo: readonly string[]
  readonly http: readonly HttpRoute[]
  readonly tls: readonly L4Route[]
  readonly tcp: readonly L4Route[]
}

/** While it is read: fields that may be absent are set one by one, since objects put together of parts take several times as long. */
type Filling<T> = { -readonly [K in keyof T]: T[K] }

const noMatches: Readonly<Record<string, StringMatch>> = Object.freeze({})

const kinds = ['exact', 'prefix', 'regex'] as const

/** The first of them that is a text. */
const textMatch = (value: Raw): StringMatch => {
  const kind = kinds.find((one) => typeof value[one] === 'string')
  if (kind === undefined) return { present: true }
  const text = String(value[kind])
  if (isRemovedValue(text)) return { removed: kind }
  return kind === 'exact' ? { exact: text } : kind === 'prefix' ? { prefix: text } : { regex: text }
}

const readStringMatch = (reading: Reading, value: unknown, at: string): StringMatch | undefined => {
  if (!isRaw(value)) {
    if (value === null) return { present: true }
    noteUnreadable(reading, at, 'is not a match')
    return undefined
  }
  const { exact, prefix, regex } = value
  for (const written of [exact, prefix, regex]) {
    if (written !== undefined && written !== null && typeof written !== 'string') noteUnreadable(reading, at, 'is not a match of text')
  }
  return textMatch(value)
}

const findMatch = (reading: Reading, from: Raw, key: string, at: string): StringMatch | undefined =>
  from[key] === undefined || from[key] === null ? undefined : readStringMatch(reading, from[key], `${at}.${key}`)

const readMatches = (reading: Reading, from: Raw, key: string, at: string, lowerCase: boolean): Readonly<Record<string, StringMatch>> => {
  const map = findObject(reading, from, key, at)
  if (map === undefined) return noMatches
  const matches: Record<string, StringMatch> = {}
  for (const name in map) {
    pause()
    const match = readStringMatch(reading, map[name], `${at}.${key}.${name}`)
    if (match !== undefined) putMember(matches, lowerCase ? name.toLowerCase() : name, match)
  }
  return matches
}

const readDestination = (reading: Reading, item: Raw, at: string): RouteDestination => {
  const destination = readObject(reading, item, 'destination', at)
  const port = findNumber(reading, readObject(reading, destination, 'port', `${at}.destination`), 'number', `${at}.destination.port`)
  const weight = findNumber(reading, item, 'weight', at)
  const headers = findHeaderOperations(reading, item, at)
  const written = readText(reading, destination, 'host', `${at}.destination`)
  const host = written.toLowerCase()
  const read: Filling<RouteDestination> = { host, subset: readText(reading, destination, 'subset', `${at}.destination`) }
  if (written !== host) read.spelledHost = written
  if (port !== undefined && port !== 0) read.port = port
  if (weight !== undefined) read.weight = weight
  if (headers !== undefined) read.headers = headers
  return read
}

/** `mirror` and a mirror policy's members are destinations themselves. */
const readMirror = (reading: Reading, destination: Raw, at: string): RouteDestination => readDestination(reading, { destination }, at)

const readHttpMatch = (reading: Reading, item: Raw, at: string): HttpMatch => {
  const uri = findMatch(reading, item, 'uri', at)
  const scheme = findMatch(reading, item, 'scheme', at)
  const method = findMatch(reading, item, 'method', at)
  const authority = findMatch(reading, item, 'authority', at)
  const port = readNumber(reading, item, 'port', at)
  const sourceNamespace = readText(reading, item, 'sourceNamespace', at)
  const match: Filling<HttpMatch> = {
    ignoreUriCase: findFlag(reading, item, 'ignoreUriCase', at) ?? false,
    headers: readMatches(reading, item, 'headers', at, true),
    withoutHeaders: readMatches(reading, item, 'withoutHeaders', at, true),
    queryParams: readMatches(reading, item, 'queryParams', at, false),
    sourceLabels: readLabels(reading, item, 'sourceLabels', at),
    gateways: readTexts(reading, item, 'gateways', at),
  }
  if (uri !== undefined) match.uri = uri
  if (scheme !== undefined) match.scheme = scheme
  if (method !== undefined) match.method = method
  if (authority !== undefined) match.authority = authority
  if (port !== 0) match.port = port
  if (sourceNamespace !== '') match.sourceNamespace = sourceNamespace
  return match
}

/** Of an abort that says no percentage nothing is aborted. */
const percentOf = (reading: Reading, fault: Raw, at: string): number => {
  const abort = findObject(reading, fault, 'abort', `${at}.fault`)
  if (abort === undefined) return 0
  const percentage = findObject(reading, abort, 'percentage', `${at}.fault.abort`)
  if (percentage !== undefined) return readNumber(reading, percentage, 'value', `${at}.fault.abort.percentage`)
  return findNumber(reading, abort, 'percent', `${at}.fault.abort`) ?? 0
}

const mirrorsOf = (reading: Reading, item: Raw, at: string): readonly RouteDestination[] => {
  const single = findObject(reading, item, 'mirror', at)
  const several = readList(reading, item, 'mirrors', at, readDestination)
  return single === undefined ? several : [readMirror(reading, single, `${at}.mirror`), ...several]
}

/** What becomes of the request instead of being sent on. */
const fillEnd = (reading: Reading, item: Raw, at: string, route: Filling<HttpRoute>): void => {
  const delegate = findObject(reading, item, 'delegate', at)
  const redirect = findObject(reading, item, 'redirect', at)
  const direct = findObject(reading, item, 'directResponse', at)
  if (delegate !== undefined) {
    const namespace = findText(reading, delegate, 'namespace', `${at}.delegate`)
    route.delegate = { name: readText(reading, delegate, 'name', `${at}.delegate`), ...(namespace === undefined ? {} : { namespace }) }
  }
  if (redirect !== undefined) {
    const authority = findText(reading, redirect, 'authority', `${at}.redirect`)
    const uri = findText(reading, redirect, 'uri', `${at}.redirect`)
    route.redirect = { ...(authority === undefined ? {} : { authority }), ...(uri === undefined ? {} : { uri }) }
  }
  if (direct !== undefined) route.directResponse = { status: readNumber(reading, direct, 'status', `${at}.directResponse`) }
}

const fillChanges = (reading: Reading, item: Raw, at: string, route: Filling<HttpRoute>): void => {
  const [rewrite, headers] = [findRewrite(reading, item, at), findHeaderOperations(reading, item, at)]
  if (rewrite !== undefined) route.rewrite = rewrite
  if (headers !== undefined) route.headers = headers
}

const readHttpRoute = (reading: Reading, item: Raw, at: string): HttpRoute => {
  const route: Filling<HttpRoute> = {
    name: readText(reading, item, 'name', at),
    match: readList(reading, item, 'match', at, readHttpMatch),
    route: readList(reading, item, 'route', at, readDestination),
    abortPercent: percentOf(reading, readObject(reading, item, 'fault', at), at),
    mirrors: mirrorsOf(reading, item, at),
  }
  fillEnd(reading, item, at, route)
  fillChanges(reading, item, at, route)
  return route
}

const readL4Match = (reading: Reading, item: Raw, at: string): L4Match => {
  const port = readNumber(reading, item, 'port', at)
  const sourceNamespace = readText(reading, item, 'sourceNamespace', at)
  return {
    sniHosts: readTexts(reading, item, 'sniHosts', at).map((host) => host.toLowerCase()),
    destinationSubnets: readTexts(reading, item, 'destinationSubnets', at),
    ...(port === 0 ? {} : { port }),
    sourceLabels: item['sourceLabels'] === undefined ? noLabels : readLabels(reading, item, 'sourceLabels', at),
    ...(sourceNamespace === '' ? {} : { sourceNamespace }),
    gateways: readTexts(reading, item, 'gateways', at),
  }
}

const readL4Route = (reading: Reading, item: Raw, at: string): L4Route => ({
  match: readList(reading, item, 'match', at, readL4Match),
  route: readList(reading, item, 'route', at, readDestination),
})

export const readVirtualService = (reading: Reading, raw: Raw, meta: Meta): VirtualService => {
  const spec = readObject(reading, raw, 'spec', '')
  return {
    meta,
    hosts: readTexts(reading, spec, 'hosts', 'spec').map((host) => host.toLowerCase()),
    gateways: readTexts(reading, spec, 'gateways', 'spec'),
    exportTo: readTexts(reading, spec, 'exportTo', 'spec'),
    http: readList(reading, spec, 'http', 'spec', readHttpRoute),
    tls: readList(reading, spec, 'tls', 'spec', readL4Route),
    tcp: readList(reading, spec, 'tcp', 'spec', readL4Route),
  }
}
