/**
 * Does a gateway send what is for a service to its waypoint?
 *
 * Only where the Service asks for it, or since 1.25 its namespace, and the gateway has an address to send it for; a canary gets its share. Rules AMB-44,
 * AMB-46.
 */
import { type Binding, nothingBound, serviceBinding } from '../../istiod/ambient/binding.js'
import { servesAmbient } from '../../istiod/ambient/serves-ambient.js'
import { isOn } from '../../snapshot/flags.js'
import { readsIngressWaypointOfNamespace } from '../../snapshot/releases.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Client } from '../call/call.js'
import type { RouteTarget } from '../call/stage-values.js'

const key = 'istio.io/ingress-use-waypoint'

export function ingressBinding({ view, workload }: Client, { service }: RouteTarget): Binding {
  if (workload.dataPlane !== 'GATEWAY' || view === undefined || !usesIngressWaypoint(view, service)) return nothingBound
  const followed = servesAmbient(view) !== undefined && isOn(view.controlPlane, 'ENABLE_INGRESS_WAYPOINT_ROUTING')
  return followed && service.resolution === 'EDS' && !service.headless ? serviceBinding(view, service) : nothingBound
}

/** Does the Service ask for it, or its namespace? */
export function usesIngressWaypoint(view: ControlPlaneView, { entry, definitions, namespace }: MeshService): boolean {
  const own = (entry?.meta ?? definitions[0]?.service.meta)?.labels[key]
  if (own !== undefined || !readsIngressWaypointOfNamespace(view.controlPlane)) return own === 'true'
  return view.configCluster?.resources.namespaces.get(namespace)?.meta.labels[key] === 'true'
}
