/**
 * A route leads to what its proxy does not have, by a name that was mistyped: to what was meant.
 *
 * The host, the subset, or the port of a VirtualService's destination; the Service of a backend of the Gateway API. The place is the one that the step names.
 * Rules ROUTE-5, ROUTE-6, EDS-27, MODEL-19.
 */
import { configViewOf } from '../config-view.js'
import type { Propose } from '../proposal.js'
import { inRoute } from './in-route.js'
import { inVirtualService } from './in-virtual-service.js'

export const fixDestination: Propose = ({ snapshot, blamed }) =>
  blamed.flatMap((ref) => {
    const place = configViewOf(snapshot, ref.cluster)
    if (place === undefined) return []
    return ref.kind === 'VirtualService' ? inVirtualService(place, ref) : inRoute(place, ref)
  })
