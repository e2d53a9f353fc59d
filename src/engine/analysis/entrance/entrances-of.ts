import type { Snapshot } from '../../snapshot/snapshot.js'
import { gatewaysOf } from '../../snapshot/workloads/gateways-of.js'
import { remembered } from '../../remembered.js'
import { distinctCallers } from '../likeness/distinct-callers.js'
import { assumedEntrances, entrancesWithoutService } from './assumed-entrances.js'
import type { Entrance } from './entrance.js'
import { isAtNode } from './entrances-at-node.js'
import { serviceEntrances } from './service-entrances.js'

/** Every way into the meshes of the document, the closed ones with why. */
export const entrancesOf = remembered((snapshot: Snapshot): readonly Entrance[] => {
  const byServices = [...snapshot.clusters.values()].flatMap((cluster) => serviceEntrances(snapshot, cluster))
  const served = byServices.flatMap(({ proxy }) => proxy.alike)
  const met = new Set(served)
  // What is met at its node is so whatever its Service is.
  const open = new Set(byServices.filter(({ closed }) => closed === undefined).flatMap(({ proxy }) => proxy.alike))
  const proxies = [...snapshot.clusters.values()].flatMap(gatewaysOf)
  const unmet = distinctCallers(
    snapshot,
    proxies.filter((proxy) => proxy.ready && (!met.has(proxy) || (isAtNode(proxy) && !open.has(proxy)))),
  )
  return [
    ...byServices,
    ...unmet.flatMap(({ workload }) => entrancesWithoutService(snapshot, workload)),
    ...assumedEntrances(snapshot, [...new Set([...proxies, ...served])]),
  ]
})
