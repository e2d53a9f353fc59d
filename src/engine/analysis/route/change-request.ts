/**
 * What is the request after its route?
 *
 * The client's proxy, or the gateway, changes path, authority and headers before it sends the request on, so that the server's policies never see
 * what the application asked for. A uri takes the place of the prefix that matched, or of the whole path. Rules ROUTE-7, AUTHZ-20.
 */
import { isRemovedValue } from '../../manifests/secrets/removed-value.js'
import { replaceExpression } from '../../istiod/expressions/matches-expression.js'
import type { Work } from '../../istiod/expressions/work.js'
import type { HeaderOperations, Rewrite } from '../../resources/istio/rewrite.js'
import type { HttpMatch, HttpRoute, RouteDestination } from '../../resources/istio/virtual-service.js'
import type { CallAttributes, HeaderEntries } from '../call/call.js'

type Changing = Pick<HttpRoute, 'rewrite' | 'headers' | 'route'>

/** Undefined: the route leaves the request as it is. `matches`: the blocks of which one lets it through; none: the route has no blocks. */
export function changeRequest(
  request: CallAttributes,
  route: Changing,
  matches: readonly HttpMatch[],
  destination: RouteDestination,
): CallAttributes | undefined {
  const { rewrite, headers } = route
  if (rewrite === undefined && headers === undefined && destination.headers === undefined) return undefined
  const authority = rewrite?.authority ?? headers?.authority ?? destination.headers?.authority
  const { protocol, method, path, work } = request
  const rewritten = rewrite === undefined ? path : onlyOne(matches, (match) => rewritePath(path, rewrite, match, work))
  const authorities = authority === undefined ? request.authorities : isRemovedValue(authority) ? [] : [authority]
  return { protocol, method, path: rewritten, ...changeHeaders(request, operationsOf(route, destination)), authorities, work }
}

/** The same by whichever block; else unknown. */
function onlyOne(matches: readonly HttpMatch[], rewritten: (match: HttpMatch | undefined) => string | undefined): string | undefined {
  const paths = new Set(matches.length === 0 ? [rewritten(undefined)] : matches.map(rewritten))
  return paths.size === 1 ? [...paths][0] : undefined
}

/** One after the other: of several destinations each one's come before the route's, a single one's after them, all that is removed first. */
function operationsOf({ headers, route }: Changing, { headers: own }: RouteDestination): readonly HeaderOperations[] {
  if (headers === undefined || own === undefined) return [headers, own].filter((one) => one !== undefined)
  if (route.length > 1) return [own, headers]
  const none = { set: {}, add: {}, remove: [] }
  return [
    { ...none, remove: [...headers.remove, ...own.remove] },
    { ...headers, remove: [] },
    { ...own, remove: [] },
  ]
}

function changeHeaders(
  request: CallAttributes,
  operations: readonly HeaderOperations[],
): Pick<CallAttributes, 'headers' | 'absentHeaders' | 'apart'> {
  const changed: Headers = {
    headers: new Map(Object.entries(request.headers)),
    absent: new Set(request.absentHeaders),
    apart: new Map(request.apart),
  }
  const { headers, absent, apart } = changed
  for (const { remove, set, add } of operations) {
    for (const name of remove) {
      headers.delete(name)
      absent.add(name)
      apart.delete(name)
    }
    for (const [name, value] of Object.entries(set)) {
      if (isRemovedValue(value)) headers.delete(name)
      else headers.set(name, value)
      absent.delete(name)
      apart.delete(name)
    }
    for (const [name, value] of Object.entries(add)) append(changed, name, value)
  }
  return { headers: Object.fromEntries(headers), absentHeaders: absent, ...(apart.size > 0 && { apart }) }
}

interface Headers {
  readonly headers: Map<string, string>
  readonly absent: Set<string>
  readonly apart: Map<string, HeaderEntries>
}

/**
 * An entry of its own behind what is there; of a header that the question leaves open, or of a value that was removed, nothing is known afterwards but
 * that it is among the entries.
 */
function append({ headers, absent, apart }: Headers, name: string, value: string): void {
  const before = headers.get(name)
  const there = apart.get(name) ?? { values: before === undefined ? [] : [before], areAll: before !== undefined || absent.has(name) }
  apart.set(name, isRemovedValue(value) ? { ...there, areAll: false } : { ...there, values: [...there.values, value] })
  if (before === undefined && !absent.has(name)) return
  if (isRemovedValue(value)) headers.delete(name)
  else headers.set(name, before === undefined ? value : `${before},${value}`)
  absent.delete(name)
}

function rewritePath(path: string | undefined, { uri, uriRegex }: Rewrite, match: HttpMatch | undefined, work: Work): string | undefined {
  if (uriRegex !== undefined) return path === undefined ? undefined : replaceAll(path, uriRegex, work)
  if (uri === undefined) return path
  return isRemovedValue(uri) || (match?.uri !== undefined && 'removed' in match.uri) ? undefined : putInto(path, uri, match)
}

/** Undefined where it hangs on a path that the question leaves open. */
function putInto(path: string | undefined, uri: string, match: HttpMatch | undefined): string | undefined {
  const prefix = prefixOf(match)
  if (path === undefined) return prefix === undefined ? uri : undefined
  const [bare, query] = splitQuery(path)
  if (prefix !== undefined && takesAway(uri, match)) return `/${bare.slice(prefix.length).replace('/', '')}${query}`
  return prefix === undefined ? `${uri}${query}` : `${uri}${bare.slice(prefix.length)}${query}`
}

/** A prefix of whole elements that becomes `/` is taken away with the `/` behind it (GWAPI-51). */
const takesAway = (uri: string, match: HttpMatch | undefined): boolean =>
  uri === '/' && match?.uri !== undefined && 'prefix' in match.uri && match.uri.wholeElements === true

/** The part of the path that a uri takes the place of; undefined: all of it. */
function prefixOf(match: HttpMatch | undefined): string | undefined {
  const { uri } = match ?? {}
  if (uri === undefined || 'present' in uri) return '/'
  return 'prefix' in uri ? uri.prefix : undefined
}

function splitQuery(path: string): readonly [bare: string, query: string] {
  const query = path.indexOf('?')
  return query < 0 ? [path, ''] : [path.slice(0, query), path.slice(query)]
}

/** Undefined where the expression cannot be followed. */
function replaceAll(path: string, { match, rewrite }: NonNullable<Rewrite['uriRegex']>, work: Work): string | undefined {
  if (isRemovedValue(match) || isRemovedValue(rewrite)) return undefined
  const [bare, query] = splitQuery(path)
  const replacement = rewrite.replaceAll('$', '\\$').replaceAll(/\\(\d)/gu, '$$$1')
  const replaced = replaceExpression({ regex: match }, bare, replacement, work)
  return replaced === undefined ? undefined : `${replaced}${query}`
}
