import type { ResourceRef } from '../../model/resource-ref.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { findService } from '../../snapshot/services/find-service.js'
import { clusterEndpoints } from '../../istiod/endpoints/endpoints-of.js'
import type { RouteTarget } from '../call/stage-values.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'

/** Endpoints of a like-named service in a cluster that the control plane does not read. */
export interface Unseen {
  readonly cluster: string
  readonly endpoints: readonly Endpoint[]
  readonly ref: ResourceRef
}

/** Where the service has endpoints that this control plane never sees: it does not read that cluster's API server (EDS-2, MODEL-22). */
export function unseenEndpoints(view: ControlPlaneView, { service, port }: Pick<RouteTarget, 'service' | 'port'>): readonly Unseen[] {
  if (service.registry !== 'KUBERNETES') return []
  const name = service.definitions[0]?.service.meta.name
  if (name === undefined || service.clusterLocal) return []
  const seen = new Set(view.clusters.map((cluster) => cluster.name))
  return [...view.snapshot.clusters.values()].flatMap((cluster) => {
    if (seen.has(cluster.name)) return []
    const definition = findService(cluster, service.namespace, name)
    if (definition === undefined) return []
    const endpoints = clusterEndpoints(cluster, service.namespace, name).filter(
      ({ portName, health }) => portName === port.name && health === 'HEALTHY',
    )
    return endpoints.length === 0 ? [] : [{ cluster: cluster.name, endpoints, ref: cluster.ref(definition.meta) }]
  })
}
