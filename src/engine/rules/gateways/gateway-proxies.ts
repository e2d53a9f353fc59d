/**
 * Which gateway proxies are there, and which Gateway objects configure them?
 *
 * Those that the document shows, instances that are alike once; where it shows none, those that are taken to run (GW-3).
 */
import { pausing } from '../../pause.js'
import { entrancesOf } from '../../analysis/entrance/entrances-of.js'
import { distinctCallers } from '../../analysis/likeness/distinct-callers.js'
import { viewOf } from '../../analysis/network/passage/gateway-place.js'
import { gatewaysSelecting } from '../../istiod/gateways/gateways-selecting.js'
import { remembered } from '../../remembered.js'
import type { Gateway } from '../../resources/istio/gateway.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import { gatewaysOf } from '../../snapshot/workloads/gateways-of.js'
import type { Workload } from '../../snapshot/workloads/workload.js'

export interface GatewayProxy {
  readonly cluster: Cluster
  /** Of the control plane that configures it. */
  readonly view: ControlPlaneView
  readonly workload: Workload
  /** Nobody lists it: it is taken to run. */
  readonly assumed: boolean
}

export const gatewayProxies = remembered((snapshot: Snapshot): readonly GatewayProxy[] => {
  const listed = [...snapshot.clusters.values()].flatMap(gatewaysOf)
  const given = distinctCallers(snapshot, listed).flatMap(({ workload }): readonly GatewayProxy[] => {
    const cluster = snapshot.clusters.get(workload.cluster)
    const view = cluster && viewOf(snapshot, workload, cluster)
    return cluster === undefined || view === undefined ? [] : [{ cluster, view, workload, assumed: false }]
  })
  const known = new Set(listed)
  const assumed = new Map<Workload, GatewayProxy>()
  for (const { cluster, view, proxy, closed } of entrancesOf(snapshot)) {
    const { workload } = proxy
    if (!known.has(workload) && closed?.reason !== 'GATEWAY_NOT_FOUND') assumed.set(workload, { cluster, view, workload, assumed: true })
  }
  return [...given, ...assumed.values()]
})

/** The proxies that each Gateway object configures, derived ones included. */
export const proxiesByGateway = remembered((snapshot: Snapshot): ReadonlyMap<Gateway, readonly GatewayProxy[]> => {
  const found = new Map<Gateway, GatewayProxy[]>()
  for (const proxy of pausing(gatewayProxies(snapshot))) {
    for (const gateway of gatewaysSelecting(proxy.view, proxy.workload)) {
      const known = found.get(gateway)
      if (known === undefined) found.set(gateway, [proxy])
      else known.push(proxy)
    }
  }
  return found
})

/** As a sentence names it. */
export const nameOfProxy = ({ workload, cluster }: GatewayProxy): string =>
  `gateway \`${workload.namespace}/${workload.owner.name}\` of cluster \`${cluster.name}\``
