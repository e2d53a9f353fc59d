import { hbonePort, type Waypoint } from '../../istiod/ambient/waypoint.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import { instanceEndpoint } from '../../istiod/endpoints/instance-endpoint.js'
import { gatewayNameLabel } from '../../snapshot/networks/hands-on.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { assumedWaypoint } from '../../snapshot/workloads/assumed-waypoint.js'
import { isEmptyTemplate, type Workload } from '../../snapshot/workloads/workload.js'

/** A pod of a waypoint, where it takes tunnels; one that is deployed for a waypoint is one, whatever labels a document leaves out. */
export const waypointEndpoint = (view: ControlPlaneView, pod: Workload): Endpoint =>
  instanceEndpoint(pod, view.networkOf, {
    port: hbonePort,
    portName: 'mesh',
    health: 'HEALTHY',
    origin: pod.synthesised ? 'SYNTHESISED' : 'SLICE',
    because: [pod.ref],
  })

/** Pods that the document shows, ready or not. */
export const shownPods = ({ cluster, gateway: { meta } }: Waypoint): readonly Workload[] =>
  cluster.workloads(meta.namespace).filter(({ labels }) => labels[gatewayNameLabel] === meta.name)

export const readyPods = (waypoint: Waypoint): readonly Workload[] =>
  shownPods(waypoint).filter((workload) => workload.ready && !isEmptyTemplate(workload))

/** Ready pods, or the one that is taken to be deployed where the document shows no pods at all. */
export function waypointEndpoints(view: ControlPlaneView, waypoint: Waypoint): readonly Endpoint[] {
  const { cluster, gateway } = waypoint
  const isAssumed = shownPods(waypoint).length === 0 && cluster.resources.pods.size === 0
  const pods = isAssumed ? [assumedWaypoint(cluster, view, gateway)] : readyPods(waypoint)
  return pods.map((pod) => waypointEndpoint(view, pod))
}
