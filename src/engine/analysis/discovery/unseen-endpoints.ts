import type { ResourceRef } from '../../model/resource-ref.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import { findService } from '../../snapshot/services/find-service.js'
import { clusterEndpoints } from '../../istiod/endpoints/endpoints-of.js'
import { unselected } from '../scope/left-out.js'
import type { RouteTarget } from '../call/stage-values.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'

/** Endpoints of a like-named service in a cluster that the control plane does not read. */
export interface Unseen {
  readonly cluster: string
  readonly endpoints: readonly Endpoint[]
  readonly ref: ResourceRef
}

type Asked = Pick<RouteTarget, 'service' | 'port'>

/** Where the service has endpoints that this control plane never sees: it does not read that cluster's API server (EDS-2, MODEL-22). */
export function unseenEndpoints(view: ControlPlaneView, asked: Asked): readonly Unseen[] {
  if (asked.service.clusterLocal) return []
  const seen = new Set(view.clusters.map((cluster) => cluster.name))
  return [...view.snapshot.clusters.values()].flatMap((cluster) => (seen.has(cluster.name) ? [] : standingIn(cluster, asked)))
}

interface LeftOut {
  readonly message: string
  readonly because: readonly ResourceRef[]
}

/** Where it reads the API server and leaves out the namespace: each cluster's own labels decide (MODEL-6, MODEL-7). */
export function leftOutEndpoints(view: ControlPlaneView, asked: Asked): LeftOut | undefined {
  const { namespace } = asked.service
  for (const cluster of view.clusters) {
    const [found] = view.selects(cluster.name, namespace) ? [] : standingIn(cluster, asked)
    if (found === undefined) continue
    const { because } = unselected(view, namespace, cluster)
    const stand = tellStanding(found)
    const message = `control plane \`${view.controlPlane.name}\` leaves out namespace \`${namespace}\` of cluster ${stand} by its discovery selectors`
    return { message, because: [...because, found.ref] }
  }
  return undefined
}

/** `east`, where 2 endpoints stand */
export const tellStanding = ({ cluster, endpoints: { length } }: Unseen): string =>
  `\`${cluster}\`, where ${length} endpoint${length === 1 ? ' stands' : 's stand'},`

function standingIn(cluster: Cluster, { service, port }: Asked): readonly Unseen[] {
  const name = service.definitions[0]?.service.meta.name
  const definition = service.registry === 'KUBERNETES' && name !== undefined ? findService(cluster, service.namespace, name) : undefined
  if (name === undefined || definition === undefined) return []
  const endpoints = clusterEndpoints(cluster, service.namespace, name).filter(
    ({ portName, health }) => portName === port.name && health === 'HEALTHY',
  )
  return endpoints.length === 0 ? [] : [{ cluster: cluster.name, endpoints, ref: cluster.ref(definition.meta) }]
}
