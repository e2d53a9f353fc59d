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
  const only = destinations.length === 1
  const total = destinations.reduce((sum, one) => sum + (one.weight ?? 0), 0)
  const shareOf = (one: RouteDestination): number => {
    if (only) return 1
    return total === 0 ? 1 / destinations.length : (one.weight ?? 0) / total
  }
  const found = destinations.flatMap((one, index) => {
    pause()
    const share = shareOf(one)
    if (share === 0) return []
    const target = findTarget(context, one, owner, share, [placeOf(index)])
    const request = isEnd(target) ? undefined : requestFor(one)
    return [{ share, target: request === undefined || isEnd(target) ? target : routeTarget({ ...target, request }) }]
  })
  const targets = found.flatMap(({ target }) => (isEnd(target) ? [] : [target]))
  const lost = found.flatMap(({ share, target }) => (isEnd(target) ? [{ ...target, share }] : []))
  if (targets.length > 0) return { targets, lost, ends: undefined }
  return { targets: [], lost: [], ends: firstEnd(lost) }
}

function firstEnd(lost: readonly (End & { readonly share: number })[]): End {
  const [first] = lost
  if (first === undefined) return { reason: 'NO_ROUTE', message: 'the route names no destination', because: [], delivered: false }
  const { share: _, ...end } = first
  return end
}
