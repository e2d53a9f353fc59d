/**
 * Which VirtualServices are for a host that another one has alone?
 *
 * A sidecar takes the first one with routes and no other: private ones before those exported to its namespace by name, these before public ones,
 * by age. A gateway puts the routes of all of them one behind the other, so that only what stands behind a route for everything is lost.
 * Rules ROUTE-1, VIS-25, VIS-28. Overlapping hosts are no contest: the more specific one wins, and both take effect.
 */
import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import { virtualServicesOf } from '../../istiod/virtual-services/virtual-service-index.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { byAge } from '../../snapshot/by-age.js'
import { type Consumer, nameConsumers } from '../consumers.js'
import { knownConsumersOf } from '../destinations/consumers-of-routes.js'
import { type Place, placesShared } from './places-shared.js'

/** One that comes too late for a host at some proxies. */
export interface Contest {
  readonly host: string
  readonly winner: VirtualService
  readonly loser: VirtualService
  /** `mesh`, or the Gateway. */
  readonly at: string
  /** For whom; empty: nobody is known. */
  readonly consumers: readonly Consumer[]
}

/** The namespaces that are given both; `*`: all of them. */
function sharedBy(view: ControlPlaneView, one: VirtualService, other: VirtualService): readonly string[] {
  const [a, b] = [one, other].map((item) => virtualServicesOf(view).audienceOf(item))
  if (a === undefined || b === undefined || a.has('~') || b.has('~')) return []
  if (a.has('*')) return [...b]
  return b.has('*') ? [...a] : [...a].filter((namespace) => b.has(namespace))
}

/** Does a proxy of the namespace put the one before the other? */
function goesBefore(view: ControlPlaneView, namespace: string, one: VirtualService, other: VirtualService): boolean {
  const rank = (item: VirtualService): number => {
    if (virtualServicesOf(view).audienceOf(item).has('*')) return 2
    return item.meta.namespace === namespace ? 0 : 1
  }
  return rank(one) - rank(other) < 0 || (rank(one) === rank(other) && byAge(one, other) < 0)
}

/** How many that could have the host alone are held against another one. */
const considered = 500

const consumersAmong = remembered(
  (view: ControlPlaneView, item: VirtualService): ReadonlySet<Consumer> => new Set(knownConsumersOf(view, item)),
)

/** `items`: those that stand side by side at the place, the oldest first. */
function* contestsAt(view: ControlPlaneView, { at, takesAll }: Place, host: string, items: readonly VirtualService[]): Iterable<Contest> {
  const winners = [...pausing(items)].filter((item) => takesAll.has(item)).slice(0, considered)
  for (const loser of pausing(items)) {
    const winner = winners.find((other) => {
      const shared = other === loser ? [] : sharedBy(view, loser, other)
      return shared.some((namespace) => goesBefore(view, namespace, other, loser))
    })
    if (winner === undefined) continue
    const having = consumersAmong(view, winner)
    const consumers = knownConsumersOf(view, loser).filter((one) => having.has(one) && one.atGateway === (at !== 'mesh'))
    yield { host, winner, loser, at, consumers }
  }
}

/** Every contest among the objects that a control plane reads; those that it makes of others are left out. */
export function* contestsOf(view: ControlPlaneView): Iterable<Contest> {
  for (const { place, host, items } of placesShared(view)) yield* contestsAt(view, place, host, items)
}

/** For whom, as part of a sentence. */
export const concerned = ({ at, consumers }: Contest): string =>
  at !== 'mesh' ? `at Gateway \`${at}\`` : consumers.length === 0 ? 'for sidecars' : `for proxies of ${nameConsumers(consumers)}`
