import { pause } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { AuthorizationPolicy } from '../../resources/istio/authorization-policy.js'
import { servicesSelecting } from '../../snapshot/services/services-selecting.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { RouteTarget } from '../call/stage-values.js'

const kinds: ReadonlySet<string> = new Set(['Service', 'ServiceEntry'])

/** By kind and name of what they name. */
const byReference = remembered((view: ControlPlaneView, namespace: string): ReadonlyMap<string, readonly AuthorizationPolicy[]> => {
  const found = new Map<string, AuthorizationPolicy[]>()
  for (const policy of view.configuration.authorizationPolicies.get(namespace) ?? []) {
    pause()
    for (const { kind, name } of policy.targetRefs) {
      if (!kinds.has(kind)) continue
      const filed = found.get(`${kind}/${name}`)
      if (filed === undefined) found.set(`${kind}/${name}`, [policy])
      else filed.push(policy)
    }
  }
  return found
})

/**
 * The policies that name the service that is called, which only a waypoint heeds: for a call that comes past it, or has none in front, they do not count.
 *
 * `target` undefined: nobody knows by which of the Services that select the server it is called. Rules AMB-24, AMB-42, AMB-52, AUTHZ-41.
 */
export function meantForWaypoint(
  view: ControlPlaneView,
  cluster: Cluster | undefined,
  server: Workload,
  target: RouteTarget | undefined,
): readonly AuthorizationPolicy[] {
  if (server.dataPlane === 'WAYPOINT' || server.dataPlane === 'GATEWAY') return []
  const policies = byReference(view, target?.service.namespace ?? server.namespace)
  if (policies.size === 0) return []
  const names = target === undefined ? servicesOver(cluster, server) : namesOf(target)
  return [...new Set([...names].flatMap((name) => policies.get(name) ?? []))]
}

const servicesOver = (cluster: Cluster | undefined, server: Workload): ReadonlySet<string> =>
  new Set(cluster === undefined ? [] : servicesSelecting(cluster, server).map(({ meta }) => `Service/${meta.name}`))

const namesOf = ({ service: { entry, definitions } }: RouteTarget): ReadonlySet<string> =>
  new Set(entry === undefined ? definitions.map(({ service }) => `Service/${service.meta.name}`) : [`ServiceEntry/${entry.meta.name}`])
