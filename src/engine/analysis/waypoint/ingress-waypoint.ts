/**
 * Does a gateway send what is for a service to its waypoint?
 *
 * Only where the Service asks for it, or since 1.25 its namespace, and the gateway has an address to send it for. Rule AMB-44.
 */
import { serviceBinding } from '../../istiod/ambient/binding.js'
import type { Waypoint } from '../../istiod/ambient/waypoint.js'
import { servesAmbient } from '../../istiod/ambient/serves-ambient.js'
import { isOn } from '../../snapshot/flags.js'
import { readsIngressWaypointOfNamespace } from '../../snapshot/releases.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Client } from '../call/call.js'
import type { RouteTarget } from '../call/stage-values.js'

const key = 'istio.io/ingress-use-waypoint'

export function ingressWaypoint({ view, workload }: Client, { service }: RouteTarget): Waypoint | undefined {
  if (workload.dataPlane !== 'GATEWAY' || view === undefined || !asksForWaypoint(view, service)) return undefined
  const followed = servesAmbient(view) !== undefined && isOn(view.controlPlane, 'ENABLE_INGRESS_WAYPOINT_ROUTING')
  return followed && service.resolution === 'EDS' && !service.headless ? serviceBinding(view, service).bound[0]?.waypoint : undefined
}

function asksForWaypoint(view: ControlPlaneView, { entry, definitions, namespace }: MeshService): boolean {
  const own = (entry?.meta ?? definitions[0]?.service.meta)?.labels[key]
  if (own !== undefined || !readsIngressWaypointOfNamespace(view.controlPlane)) return own === 'true'
  return view.configCluster?.resources.namespaces.get(namespace)?.meta.labels[key] === 'true'
}
