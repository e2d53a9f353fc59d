import { groupBy } from '../../group-by.js'
import type { NearMiss } from '../../model/step.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Entrance } from '../entrance/entrance.js'
import { entrancesOf } from '../entrance/entrances-of.js'
import type { NamedOutside } from '../entrance/name-outside.js'
import { nearGateways } from './near-gateways.js'
import { nearUnreadGateways } from './near-unread.js'

/** What nearly takes a call from outside, at each gateway of the document; where there is none, Gateways that nobody reads. Rules GW-4, GWAPI-1. */
export function nearEntrances(snapshot: Snapshot, { hostname }: NamedOutside, asked: number | undefined): readonly NearMiss[] {
  const entrances = entrancesOf(snapshot)
  const byProxy = new Map(
    entrances.filter(({ proxy: { workload } }) => workload.meta.index >= 0).map((entrance) => [entrance.proxy.workload, entrance]),
  )
  if (byProxy.size === 0) return [...snapshot.controlPlanes.keys()].flatMap((plane) => nearUnreadGateways(snapshot.view(plane), hostname))
  const behind = groupBy(
    entrances.filter(({ port }) => port === asked),
    ({ proxy }) => proxy.workload,
  )
  return [...byProxy].flatMap(([proxy, { view }]) => {
    const ports = asked === undefined ? [] : portsBehind(behind.get(proxy) ?? [], asked)
    return nearGateways({ view, proxy, hostname, ports, handedOn: false })
  })
}

/** The port that is asked for, and where it arrives at the pod: servers know it by either. */
const portsBehind = (entrances: readonly Entrance[], asked: number): readonly number[] => [
  asked,
  ...entrances.map(({ podPort }) => podPort),
]
