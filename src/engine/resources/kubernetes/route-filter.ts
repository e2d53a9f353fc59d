import type { HeaderOperations, Rewrite } from '../istio/rewrite.js'
import { headerOperations } from '../istio/rewrite.js'
import { findObject, findText, type Raw, type Reading, readList, readObject, readText, readTexts } from '../reading.js'
import { type BackendReference, readBackendReference } from './backend-reference.js'

/** What a rule does with a request beside sending it on. Rules GWAPI-51, GWAPI-52. */
export interface RouteFilter {
  readonly type: string
  /** Of `RequestHeaderModifier`. */
  readonly headers?: HeaderOperations
  /** A value of a header modifier has characters that no header has. */
  readonly invalid?: true
  /** Of `RequestRedirect`. */
  readonly redirect?: { readonly authority?: string; readonly uri?: string }
  /** Of `URLRewrite`. */
  readonly rewrite?: Rewrite
  /** Of `RequestMirror`. */
  readonly mirror?: BackendReference
}

const readHeader = (reading: Reading, item: Raw, at: string): readonly [string, string] => [
  readText(reading, item, 'name', at).toLowerCase(),
  readText(reading, item, 'value', at),
]

/** Control characters but the tab. */
const isInvalid = (value: string): boolean => {
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index)
    if (code === 0x7f || (code < 0x20 && code !== 0x09)) return true
  }
  return false
}

function readHeaders(reading: Reading, filter: Raw, key: string, at: string): Pick<RouteFilter, 'headers' | 'invalid'> {
  const modifier = readObject(reading, filter, key, at)
  const where = `${at}.${key}`
  const [set, add] = [readList(reading, modifier, 'set', where, readHeader), readList(reading, modifier, 'add', where, readHeader)]
  const invalid = [...set, ...add].some(([, value]) => isInvalid(value))
  const headers = headerOperations(set, add, readTexts(reading, modifier, 'remove', where))
  return { ...(key === 'requestHeaderModifier' ? { headers } : {}), ...(invalid ? { invalid: true as const } : {}) }
}

/** What a path becomes: all of it, or the prefix that matched. */
function readPath(reading: Reading, from: Raw, at: string): { readonly full?: string; readonly prefix?: string } {
  const path = findObject(reading, from, 'path', at)
  if (path === undefined) return {}
  const [full, prefix] = ['replaceFullPath', 'replacePrefixMatch'].map((key) => findText(reading, path, key, `${at}.path`))
  return { ...(full === undefined ? {} : { full }), ...(prefix === undefined ? {} : { prefix }) }
}

function readRedirect(reading: Reading, filter: Raw, at: string): RouteFilter['redirect'] {
  const from = readObject(reading, filter, 'requestRedirect', at)
  const authority = findText(reading, from, 'hostname', `${at}.requestRedirect`)
  const { full, prefix } = readPath(reading, from, `${at}.requestRedirect`)
  const uri = full ?? prefix
  return { ...(authority === undefined ? {} : { authority }), ...(uri === undefined ? {} : { uri }) }
}

/** `/` for the prefix takes it away. */
function readRewrite(reading: Reading, filter: Raw, at: string): Rewrite {
  const from = readObject(reading, filter, 'urlRewrite', at)
  const authority = findText(reading, from, 'hostname', `${at}.urlRewrite`)
  const { full, prefix } = readPath(reading, from, `${at}.urlRewrite`)
  return {
    ...(authority === undefined ? {} : { authority }),
    ...(prefix === undefined ? {} : { uri: prefix.endsWith('/') ? prefix.slice(0, -1) || '/' : prefix || '/' }),
    ...(full === undefined ? {} : { uriRegex: { match: '/.*', rewrite: full } }),
  }
}

const readFilter =
  (home: string) =>
  (reading: Reading, item: Raw, at: string): RouteFilter => {
    const type = readText(reading, item, 'type', at)
    switch (type) {
      case 'RequestHeaderModifier':
        return { type, ...readHeaders(reading, item, 'requestHeaderModifier', at) }
      case 'ResponseHeaderModifier':
        return { type, ...readHeaders(reading, item, 'responseHeaderModifier', at) }
      case 'RequestRedirect':
        return { type, redirect: readRedirect(reading, item, at) ?? {} }
      case 'URLRewrite':
        return { type, rewrite: readRewrite(reading, item, at) }
      case 'RequestMirror': {
        const mirror = readObject(reading, item, 'requestMirror', at)
        const ref = readObject(reading, mirror, 'backendRef', `${at}.requestMirror`)
        return { type, mirror: readBackendReference(reading, ref, `${at}.requestMirror.backendRef`, home) }
      }
      default:
        return { type }
    }
  }

/** The filters of a rule or a backend, which stands `at` this path. */
export const readRouteFilters = (reading: Reading, from: Raw, at: string, home: string): readonly RouteFilter[] =>
  readList(reading, from, 'filters', at, readFilter(home))
