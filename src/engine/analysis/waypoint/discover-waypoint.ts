/**
 * Which pods of a waypoint may take the call?
 *
 * Those that are ready; where a waypoint is bound and none is, the connection fails, and nobody goes past it. Pods that the document leaves out are taken
 * to be there only where it shows no pods at all. Rules AMB-12, AMB-42, AMB-43, GWAPI-11, GWAPI-14.
 */
import { hbonePort, type Waypoint, waypointClass } from '../../istiod/ambient/waypoint.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import { instanceEndpoint } from '../../istiod/endpoints/instance-endpoint.js'
import type { Assumption } from '../../model/step.js'
import { findService } from '../../snapshot/services/find-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { assumedWaypoint } from '../../snapshot/workloads/assumed-waypoint.js'
import { isEmptyTemplate, type Workload } from '../../snapshot/workloads/workload.js'
import { goOn, type Outcome, stop, undetermined } from '../call/outcome.js'
import type { Discovered } from '../call/stage-values.js'

const nameKey = 'gateway.networking.k8s.io/gateway-name'
const bindingKey = 'ambient.istio.io/waypoint-inbound-binding'

export function discoverWaypoint(view: ControlPlaneView, waypoint: Waypoint): Outcome<Discovered> {
  const { cluster, gateway } = waypoint
  const { meta } = gateway
  const name = `\`${meta.namespace}/${meta.name}\``
  const because = [cluster.ref(meta)]
  const foreign = whyForeign(waypoint, name)
  if (foreign !== undefined) return undetermined('DISCOVERY', foreign, because)
  const shown = cluster.workloads(meta.namespace).filter(({ labels }) => labels[nameKey] === meta.name)
  if (shown.length === 0) return withoutPods(view, waypoint, name)
  const ready = shown.filter((workload) => workload.ready && !isEmptyTemplate(workload))
  const isMissing = service(waypoint)?.ports.some(({ number }) => number === hbonePort) === false
  if (ready.length === 0 || isMissing) {
    const why = isMissing ? `its Service has no port ${hbonePort}` : 'none of its pods is ready'
    const message = `waypoint ${name} is bound and ${why}: ztunnel has nobody to send the call to, and does not go past it`
    return stop('DISCOVERY', { reason: 'NO_ENDPOINTS', message, because })
  }
  const many = ready.length === 1 ? '1 pod' : `${ready.length} pods`
  const message = `ztunnel chooses among ${many} of waypoint ${name}`
  return goOn('DISCOVERY', found(ready.map((pod) => endpointOf(view, pod))), { reason: 'ENDPOINTS_FOUND', message, because })
}

const service = ({ cluster, gateway: { meta } }: Waypoint) =>
  findService(cluster, meta.namespace, meta.annotations['gateway.istio.io/name-override'] ?? meta.name)

/** What another proxy than a waypoint of Istio's own makes of what it is sent is its own configuration (AMB-57). */
function whyForeign({ gateway: { meta, className } }: Waypoint, name: string): string | undefined {
  if (meta.annotations[bindingKey] !== undefined)
    return `waypoint ${name} hands on to a gateway in its pods (\`${bindingKey}\`), which is not followed`
  return className === waypointClass
    ? undefined
    : `waypoint ${name} is of class \`${className}\`, and what such a gateway makes of the call is not followed`
}

function withoutPods(view: ControlPlaneView, waypoint: Waypoint, name: string): Outcome<Discovered> {
  const { cluster, gateway } = waypoint
  const because = [cluster.ref(gateway.meta)]
  if (cluster.resources.pods.size > 0) {
    if (service(waypoint) === undefined)
      return undetermined('DISCOVERY', `neither the pods nor the Service of waypoint ${name} are given`, because)
    const message = `waypoint ${name} is bound and has no pods: ztunnel has nobody to send the call to, and does not go past it`
    return stop('DISCOVERY', { reason: 'NO_ENDPOINTS', message, because })
  }
  const message = `the control plane is taken to have deployed waypoint ${name}, as its Gateway asks for`
  const assumptions: Assumption[] = [{ code: 'WAYPOINT_ASSUMED', message, because }]
  const pod = assumedWaypoint(cluster, view, gateway)
  return goOn('DISCOVERY', found([endpointOf(view, pod)]), { reason: 'ENDPOINTS_FOUND', message, because }, { assumptions })
}

const found = (endpoints: readonly Endpoint[]): Discovered => ({ endpoints, unready: [], dropped: [] })

/** A pod that is deployed for a waypoint is one, whatever labels a document leaves out. */
const endpointOf = (view: ControlPlaneView, pod: Workload): Endpoint =>
  instanceEndpoint(pod, view.networkOf, {
    port: hbonePort,
    portName: 'mesh',
    health: 'HEALTHY',
    origin: pod.synthesised ? 'SYNTHESISED' : 'SLICE',
    because: [pod.ref],
  })
