import type { Meta } from '../meta.js'
import { findNumber, findObject, findText, isRaw, type Raw, type Reading, readList, readNumber, readObject, readText } from '../reading.js'
import { readScopedPolicy, type ScopedPolicy } from './scoped-policy.js'

/** What a patch is tied to; absent is anything. */
export interface PatchMatch {
  readonly context: string
  readonly proxyVersion?: string
  /** The listener, and of the chain that is looked for the name in TLS and the port. */
  readonly listener: { readonly name?: string; readonly port?: number; readonly sni?: string; readonly destinationPort?: number }
  readonly cluster: { readonly name?: string; readonly service?: string; readonly port?: number; readonly subset?: string }
  readonly route: { readonly name?: string; readonly port?: number; readonly vhost?: string; readonly domain?: string }
  /** Name of the filter that is looked for, the inner one where there are two. */
  readonly filter?: string
}

export interface FilterPatch {
  readonly applyTo: string
  readonly operation: string
  readonly match: PatchMatch
  /** Names of the fields that the value sets; of a filter's configuration where it has one. */
  readonly fields: readonly string[]
  /** Name of the filter in the value, its typed URL (the inner one of a `TypedStruct`), and whatever words its configuration has. */
  readonly name: string
  readonly type: string
  readonly words: readonly string[]
  /** How it writes names of clusters anew, where that is what its filter does. */
  readonly clusterRewrite?: { readonly pattern: string; readonly replacement: string }
  readonly path: string
}

/** An EnvoyFilter by its patches: what they touch is kept, not what they write there. Rules EXT-2, EXT-7. */
export interface EnvoyFilter extends ScopedPolicy {
  readonly patches: readonly FilterPatch[]
  /** 0 unless stated: by which the patches of several are put in order. */
  readonly priority: number
}

/** The fields of `from` that are there, under the names of the shape. */
const textsOf = <K extends string>(reading: Reading, from: Raw, at: string, names: Readonly<Record<K, string>>): { [N in K]?: string } => {
  const found: { [N in K]?: string } = {}
  for (const name of Object.keys(names) as K[]) {
    const text = findText(reading, from, names[name], at)
    if (text !== undefined && text !== '') found[name] = text
  }
  return found
}

const portOf = (reading: Reading, from: Raw, at: string): { port?: number } => {
  const port = findNumber(reading, from, 'portNumber', at)
  return port === undefined || port === 0 ? {} : { port }
}

const filterOf = (reading: Reading, listener: Raw, at: string): string | undefined => {
  const filter = readObject(reading, readObject(reading, listener, 'filterChain', at), 'filter', `${at}.filterChain`)
  const place = `${at}.filterChain.filter`
  const inner = readObject(reading, filter, 'subFilter', place)
  return findText(reading, inner, 'name', `${place}.subFilter`) ?? findText(reading, filter, 'name', place)
}

const listenerOf = (reading: Reading, listener: Raw, at: string): PatchMatch['listener'] => {
  const chain = readObject(reading, listener, 'filterChain', at)
  const destinationPort = findNumber(reading, chain, 'destinationPort', `${at}.filterChain`) ?? 0
  return {
    ...textsOf(reading, listener, at, { name: 'name' }),
    ...portOf(reading, listener, at),
    ...textsOf(reading, chain, `${at}.filterChain`, { sni: 'sni' }),
    ...(destinationPort === 0 ? {} : { destinationPort }),
  }
}

const readMatch = (reading: Reading, match: Raw, at: string): PatchMatch => {
  const listener = readObject(reading, match, 'listener', at)
  const cluster = readObject(reading, match, 'cluster', at)
  const route = readObject(reading, match, 'routeConfiguration', at)
  const vhost = readObject(reading, route, 'vhost', `${at}.routeConfiguration`)
  const proxyVersion = findText(reading, readObject(reading, match, 'proxy', at), 'proxyVersion', `${at}.proxy`)
  const filter = filterOf(reading, listener, `${at}.listener`)
  return {
    context: readText(reading, match, 'context', at) || 'ANY',
    ...(proxyVersion === undefined || proxyVersion === '' ? {} : { proxyVersion }),
    listener: listenerOf(reading, listener, `${at}.listener`),
    cluster: {
      ...textsOf(reading, cluster, `${at}.cluster`, { name: 'name', service: 'service', subset: 'subset' }),
      ...portOf(reading, cluster, `${at}.cluster`),
    },
    route: {
      ...textsOf(reading, route, `${at}.routeConfiguration`, { name: 'name' }),
      ...portOf(reading, route, `${at}.routeConfiguration`),
      ...textsOf(reading, vhost, `${at}.routeConfiguration.vhost`, { vhost: 'name', domain: 'domainName' }),
    },
    ...(filter === undefined ? {} : { filter }),
  }
}

/** Fields are written in either of protobuf's two spellings. */
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const member = (from: Raw, name: string): unknown => Object.entries(from).find(([key]) => snake(key) === name)?.[1]

const wordsIn = (value: unknown, into: string[]): readonly string[] => {
  if (typeof value === 'string') into.push(value)
  else if (Array.isArray(value)) for (const item of value) wordsIn(item, into)
  else if (isRaw(value)) for (const item of Object.values(value)) wordsIn(item, into)
  return into
}

const textIn = (from: Raw, name: string): string => {
  const text = member(from, name)
  return typeof text === 'string' ? text : ''
}

/** A filter's configuration and its type; those of a `TypedStruct` are in its `value` and its `type_url`. */
const configurationIn = (value: Raw): { readonly type: string; readonly inner: Raw | undefined } => {
  const outer = member(value, 'typed_config')
  if (!isRaw(outer)) return { type: '', inner: undefined }
  const type = textIn(outer, '@type')
  if (!type.endsWith('.TypedStruct')) return { type, inner: outer }
  return { type: textIn(outer, 'type_url'), inner: isRaw(outer['value']) ? outer['value'] : outer }
}

/** Old releases wrote a filter's configuration without its type. */
function rewriteOf(value: Raw, inner: Raw | undefined): Pick<FilterPatch, 'clusterRewrite'> {
  const untyped = member(value, 'config')
  const from = inner ?? (isRaw(untyped) ? untyped : {})
  const [pattern, replacement] = [textIn(from, 'cluster_pattern'), textIn(from, 'cluster_replacement')]
  return pattern === '' ? {} : { clusterRewrite: { pattern, replacement } }
}

const valueOf = (value: Raw): Pick<FilterPatch, 'fields' | 'name' | 'type' | 'words' | 'clusterRewrite'> => {
  const { type, inner } = configurationIn(value)
  const fields = Object.keys(inner ?? value).filter((key) => key !== '@type')
  const words = inner === undefined ? [] : wordsIn(inner, [])
  return { fields: fields.map(snake), name: textIn(value, 'name'), type, words, ...rewriteOf(value, inner) }
}

const readPatch = (reading: Reading, item: Raw, at: string): FilterPatch => {
  const patch = readObject(reading, item, 'patch', at)
  const value = findObject(reading, patch, 'value', `${at}.patch`)
  return {
    applyTo: readText(reading, item, 'applyTo', at),
    operation: readText(reading, patch, 'operation', `${at}.patch`),
    match: readMatch(reading, readObject(reading, item, 'match', at), `${at}.match`),
    ...valueOf(value ?? {}),
    path: at,
  }
}

export const readEnvoyFilter = (reading: Reading, raw: Raw, meta: Meta): EnvoyFilter => ({
  ...readScopedPolicy(reading, raw, meta),
  patches: readList(reading, readObject(reading, raw, 'spec', ''), 'configPatches', 'spec', readPatch),
  priority: readNumber(reading, readObject(reading, raw, 'spec', ''), 'priority', 'spec'),
})
