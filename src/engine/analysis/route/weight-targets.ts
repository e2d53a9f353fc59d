import { flatMap } from '../../flat-map.js'
import { pause } from '../../pause.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { RouteDestination } from '../../resources/istio/virtual-service.js'
import type { CallAttributes } from '../call/call.js'
import { routeTarget } from '../call/stage-values.js'
import { type Alternative, type End, findTarget, isEnd, type RoutingContext } from './find-target.js'

/**
 * The targets of one route with their shares of the traffic; parts that lead nowhere are `lost`.
 *
 * A single destination takes everything whatever its weight, weight 0 among several takes nothing. Rules ROUTE-4, ROUTE-5.
 */
export function weightTargets(
  context: RoutingContext,
  destinations: readonly RouteDestination[],
  owner: string,
  placeOf: (index: number) => ResourceRef,
  requestFor: (destination: RouteDestination) => CallAttributes | undefined = () => undefined,
): Pick<Alternative, 'targets' | 'ends' | 'lost'> {
  const found = shared(destinations, placeOf).map(({ destination, share, places }) => {
    pause()
    const target = refusal(destination, places) ?? findTarget(context, destination, owner, share, places)
    const request = isEnd(target) ? undefined : requestFor(destination)
    return { share, target: request === undefined || isEnd(target) ? target : routeTarget({ ...target, request }) }
  })
  const targets = flatMap(found, ({ target }) => (isEnd(target) ? [] : [target]))
  const lost = flatMap(found, ({ share, target }) => (isEnd(target) ? [{ ...target, share }] : []))
  if (targets.length > 0) return { targets, lost, ends: undefined }
  return { targets: [], lost: [], ends: firstEnd(lost) }
}

/** A destination that leads nowhere, whatever the proxy knows (GWAPI-45, GWAPI-47). */
const refusal = ({ refused }: RouteDestination, because: readonly ResourceRef[]): End | undefined =>
  refused === undefined ? undefined : { ...refused, because, delivered: false }

interface Shared {
  readonly destination: RouteDestination
  readonly share: number
  readonly places: readonly ResourceRef[]
}

/** Places of one destination that are told; nobody looks up more. */
const mostPlaces = 12

/** Each destination that takes a share once, wherever it is written. */
function shared(destinations: readonly RouteDestination[], placeOf: (index: number) => ResourceRef): readonly Shared[] {
  const [only] = destinations
  if (only !== undefined && destinations.length === 1) return [{ destination: only, share: 1, places: [placeOf(0)] }]
  const total = destinations.reduce((sum, one) => sum + (one.weight ?? 0), 0)
  const found = new Map<string, { readonly destination: RouteDestination; weight: number; readonly places: ResourceRef[] }>()
  for (const [index, destination] of destinations.entries()) {
    pause()
    const weight = total === 0 ? 1 : (destination.weight ?? 0)
    if (weight === 0) continue
    const name = nameOf(destination)
    const known = found.get(name)
    if (known === undefined) found.set(name, { destination, weight, places: [placeOf(index)] })
    else {
      known.weight += weight
      if (known.places.length < mostPlaces) known.places.push(placeOf(index))
    }
  }
  return Array.from(found.values(), ({ destination, weight, places }) => ({
    destination,
    share: weight / (total || destinations.length),
    places,
  }))
}

/** What tells destinations apart, but for their weights. */
const nameOf = ({ host, spelledHost, subset, port, headers, refused }: RouteDestination): string =>
  `${spelledHost ?? host} ${port} ${subset} ${refused?.message ?? ''}${headers === undefined ? '' : ` ${JSON.stringify(headers)}`}`

function firstEnd(lost: readonly (End & { readonly share: number })[]): End {
  const [first] = lost
  if (first === undefined) return { reason: 'NO_ROUTE', message: 'the route names no destination', because: [], delivered: false }
  const { share: _, ...end } = first
  return end
}
