/**
 * Which routes does a proxy refuse because of an expression in them, and all others with them?
 *
 * A RouteConfiguration is taken or refused as a whole: a proxy that refuses one keeps what it had before, of which nobody knows anything.
 */
import { flatMap } from '../../flat-map.js'
import { pause, pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { HttpMatch, HttpRoute, StringMatch, VirtualService } from '../../resources/istio/virtual-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { type Expression, expressionOf, longestPattern } from '../expressions/expression.js'
import type { PlacedRoute } from './place-routes.js'
import { virtualServicesOf } from './virtual-service-index.js'

export interface RefusedRoute {
  readonly placed: PlacedRoute
  /** The part of the route that the expression stands in. */
  readonly at: string
  readonly expression: Expression
}

/** By VirtualService; most control planes have none. Those of which it is not known are among them. */
export const refusedRoutes = remembered((view: ControlPlaneView): ReadonlyMap<VirtualService, readonly RefusedRoute[]> => {
  const found = new Map<VirtualService, readonly RefusedRoute[]>()
  const index = virtualServicesOf(view)
  for (const item of pausing([...view.configuration.virtualServices.values()].flat())) {
    const refused = item.hosts.length === 0 ? [] : index.routesOf(item).flatMap(refusedIn)
    if (refused.length > 0) found.set(item, refused)
  }
  return found
})

function refusedIn(placed: PlacedRoute): readonly RefusedRoute[] {
  const refused = expressionsOf(placed.route).find(({ written }) => isRefused(written))
  return refused === undefined ? [] : [{ placed, at: refused.at, expression: expressionOf(refused.written) }]
}

interface Placed {
  readonly at: string
  readonly written: { readonly regex: string }
}

/** The expressions that a proxy is sent with the route. */
export function expressionsOf({ match, rewrite }: HttpRoute): readonly Placed[] {
  const rewriting = rewrite?.uriRegex === undefined ? [] : [{ at: 'rewrite', written: asWritten(rewrite.uriRegex) }]
  return [...flatMap(match, expressionsIn), ...rewriting]
}

const asWritten = remembered(({ match }: { readonly match: string }): { readonly regex: string } => ({ regex: match }))

function expressionsIn({ uri, scheme, method, authority, headers, withoutHeaders, queryParams }: HttpMatch): readonly Placed[] {
  pause()
  const found: Placed[] = []
  const add = (match: StringMatch | undefined): void => {
    if (match !== undefined && 'regex' in match) found.push({ at: 'match', written: match })
  }
  for (const one of [uri, scheme, method, authority]) add(one)
  for (const named of [headers, withoutHeaders, queryParams]) for (const name of Object.keys(named)) add(named[name])
  return found
}

function isRefused(written: { readonly regex: string }): boolean {
  pause()
  const { standing } = expressionOf(written)
  return standing === 'TOO_LARGE' || (standing === 'OPEN' && written.regex.length <= longestPattern)
}
