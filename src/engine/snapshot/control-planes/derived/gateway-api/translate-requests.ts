/**
 * The rules of an HTTPRoute or a GRPCRoute as istiod writes them: a route for each match.
 *
 * A rule without traffic to send answers by itself; filters redirect, rewrite and mirror. One mistake of some kinds takes all rules of the object away.
 * Rules GWAPI-37, GWAPI-42, GWAPI-43, GWAPI-48, GWAPI-51, GWAPI-52.
 */
import { addAll } from '../../../../add-all.js'
import type { HttpRoute, RouteDestination } from '../../../../resources/istio/virtual-service.js'
import type { BackendReference } from '../../../../resources/kubernetes/backend-reference.js'
import type { RouteBackend } from '../../../../resources/kubernetes/route-backend.js'
import type { RouteRule } from '../../../../resources/kubernetes/gateway-route.js'
import type { RouteFilter } from '../../../../resources/kubernetes/route-filter.js'
import { answersNotFound } from '../../../releases.js'
import { derivedRoute } from '../derived.js'
import { destinationOf, type HardError, isHardError, type Translating } from './destination-of.js'
import { translateMatch } from './translate-match.js'

export function translateRequests(translating: Translating): readonly HttpRoute[] | HardError {
  const routes: HttpRoute[] = []
  for (const [position, rule] of translating.route.rules.entries()) {
    const made = translateRule(translating, rule, `spec.rules[${position}]`)
    if (isHardError(made)) return made
    addAll(routes, made)
  }
  return routes
}

function translateRule(translating: Translating, rule: RouteRule, path: string): readonly HttpRoute[] | HardError {
  const filtered = filter(translating, rule.filters)
  if (isHardError(filtered)) return filtered
  const answer = filtered.redirect === undefined ? answerOf(translating, rule.backends) : undefined
  const sending = rule.backends.map((backend, position) => ({ backend, position })).filter(({ backend }) => backend.weight > 0)
  const route: RouteDestination[] = []
  if (answer === undefined) {
    for (const { backend } of sending) {
      const destination = withHeaders(translating, backend)
      if (isHardError(destination)) return destination
      route.push(destination)
    }
  }
  const origin = { owner: translating.route.meta, path, destinations: sending.map(({ position }) => `backendRefs[${position}]`) }
  const matches = rule.matches.length === 0 ? [undefined] : rule.matches.map(translateMatch)
  const made: HttpRoute[] = []
  for (const match of matches) {
    if (match !== undefined && isHardError(match)) return match
    made.push(derivedRoute(match, route, { ...filtered, ...answer, origin }))
  }
  return made
}

/** Without backends that take traffic. */
function answerOf({ objects, route }: Translating, backends: readonly RouteBackend[]): Pick<HttpRoute, 'directResponse'> | undefined {
  if (backends.some(({ weight }) => weight > 0)) return undefined
  const isOddity = backends.length === 0 && route.meta.kind === 'HTTPRoute' && answersNotFound(objects.controlPlane)
  return { directResponse: { status: isOddity ? 404 : 500 } }
}

function withHeaders(translating: Translating, backend: RouteBackend): RouteDestination | HardError {
  const destination = destinationOf(translating, backend)
  if (isHardError(destination)) return destination
  let { headers } = destination
  for (const one of backend.filters) {
    if (!modifiers.has(one.type)) return { error: `filter \`${one.type}\` of a backend is none that istiod knows` }
    if (one.invalid === true) return { error: 'a header of a filter has a value with invalid characters' }
    headers = one.headers ?? headers
  }
  return headers === undefined ? destination : { ...destination, headers }
}

const modifiers: ReadonlySet<string> = new Set(['RequestHeaderModifier', 'ResponseHeaderModifier'])
const ofRequests: ReadonlySet<string> = new Set([...modifiers, 'RequestRedirect', 'RequestMirror', 'URLRewrite', 'CORS'])
const ofCalls: ReadonlySet<string> = new Set([...modifiers, 'RequestMirror'])

type Filtered = Pick<HttpRoute, 'mirrors'> & Partial<Pick<HttpRoute, 'redirect' | 'rewrite' | 'headers'>>

function filter(translating: Translating, filters: readonly RouteFilter[]): Filtered | HardError {
  const known = translating.route.meta.kind === 'GRPCRoute' ? ofCalls : ofRequests
  let found: Filtered = { mirrors: [] }
  for (const { type, headers, invalid, redirect, rewrite, mirror } of filters) {
    if (!known.has(type)) return { error: `filter \`${type}\` is none that istiod knows for a ${translating.route.meta.kind}` }
    if (invalid === true) return { error: 'a header of a filter has a value with invalid characters' }
    const mirrored = mirror === undefined ? [] : mirrorTo(translating, mirror)
    if (isHardError(mirrored)) return mirrored
    found = {
      ...found,
      ...(headers === undefined ? {} : { headers }),
      ...(redirect === undefined ? {} : { redirect }),
      ...(rewrite === undefined ? {} : { rewrite }),
      mirrors: [...found.mirrors, ...mirrored],
    }
  }
  return found
}

/** A bad mirror is left out of an HTTPRoute, and spoils a GRPCRoute. */
function mirrorTo(translating: Translating, mirror: BackendReference): readonly RouteDestination[] | HardError {
  const found = destinationOf(translating, mirror)
  const isBad = isHardError(found) || found.refused !== undefined
  if (!isBad) return [found]
  return translating.route.meta.kind === 'GRPCRoute' ? { error: `the mirror \`${mirror.name}\` cannot be used` } : []
}
