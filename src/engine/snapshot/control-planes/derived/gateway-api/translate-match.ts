import { isRemovedValue } from '../../../../manifests/secrets/removed-value.js'
import type { HttpMatch, StringMatch } from '../../../../resources/istio/virtual-service.js'
import type { RouteMatch } from '../../../../resources/kubernetes/route-match.js'
import { derivedMatch, elementsPrefix, noMatches } from '../derived.js'
import { type HardError, isHardError } from './destination-of.js'

/** A match of an HTTPRoute or a GRPCRoute as istiod writes it. Rule GWAPI-37. */
export function translateMatch({ path, call, method, headers, queryParams }: RouteMatch): HttpMatch | HardError {
  const uri = path === undefined ? (call === undefined ? undefined : uriOfCall(call)) : uriOfPath(path)
  if (uri !== undefined && isHardError(uri)) return uri
  const found = derivedMatch(uri)
  if (method === undefined && headers.length === 0 && queryParams.length === 0) return found
  const more = { headers: textMatches(headers), queryParams: textMatches(queryParams) }
  return method === undefined ? { ...found, ...more } : { ...found, ...more, method: { exact: method } }
}

type Named = RouteMatch['headers'][number]

const textMatches = (list: readonly Named[]): Readonly<Record<string, StringMatch>> =>
  list.length === 0 ? noMatches : Object.fromEntries(list.map((one) => [one.name, textMatch(one)]))

const textMatch = ({ value, regex }: { readonly value: string; readonly regex: boolean }): StringMatch => {
  if (isRemovedValue(value)) return { removed: regex ? 'regex' : 'exact' }
  return regex ? { regex: value } : { exact: value }
}

function uriOfPath({ type, value }: NonNullable<RouteMatch['path']>): StringMatch | HardError {
  if (type === 'PathPrefix') return isRemovedValue(value) ? { removed: 'prefix' } : elementsPrefix(value)
  if (type === 'Exact') return textMatch({ value, regex: false })
  return type === 'RegularExpression' ? textMatch({ value, regex: true }) : { error: `\`${type}\` is no type of match for a path` }
}

/** gRPC's path is `/service/method`. */
function uriOfCall({ type, service, method }: NonNullable<RouteMatch['call']>): StringMatch | HardError {
  if (service === undefined && method === undefined) return { error: 'a match for a gRPC method names neither service nor method' }
  if (type !== 'Exact' && type !== 'RegularExpression') return { error: `\`${type}\` is no type of match for a gRPC method` }
  if (service === undefined) return { regex: `/[^/]+/${method}` }
  if (type === 'Exact') return method === undefined ? elementsPrefix(`/${service}/`) : { exact: `/${service}/${method}` }
  return { regex: `/${service}/${method ?? '.+'}` }
}

const kindOf = ({ uri }: HttpMatch): number => {
  if (uri === undefined) return -1
  const kind = 'removed' in uri ? uri.removed : 'exact' in uri ? 'exact' : 'prefix' in uri ? 'prefix' : 'regex'
  return kind === 'exact' ? 3 : kind === 'prefix' ? 2 : 1
}

function lengthOf({ uri }: HttpMatch): number {
  if (uri === undefined || 'present' in uri || 'removed' in uri) return 0
  return ('exact' in uri ? uri.exact : 'prefix' in uri ? uri.prefix : uri.regex).length
}

const count = (matches: Readonly<Record<string, StringMatch>>): number => Object.keys(matches).length

/** An exact path first, then a prefix, then a regular expression, the longest of each; then a method, more headers, more parameters. Rule GWAPI-38. */
export function byPrecedence(one: HttpMatch | undefined, other: HttpMatch | undefined): number {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined)
  return (
    kindOf(other) - kindOf(one) ||
    lengthOf(other) - lengthOf(one) ||
    Number(other.method !== undefined) - Number(one.method !== undefined) ||
    count(other.headers) - count(one.headers) ||
    count(other.queryParams) - count(one.queryParams)
  )
}
