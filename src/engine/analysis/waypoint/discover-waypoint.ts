/**
 * Which pods of a waypoint may take the call?
 *
 * Those that are ready; where a waypoint is bound and none is, the connection fails, and nobody goes past it. Pods that the document leaves out are taken
 * to be there only where it shows no pods at all. A waypoint whose own Service is `GLOBAL` is chosen among the pods of all clusters: those of other networks
 * are met through the gateway there, which is asked for the service. Rules AMB-12, AMB-42, AMB-43, AMB-59, AMB-61, AMB-62, AMB-69, GWAPI-11, GWAPI-14.
 */
import { inboundBinding } from '../../istiod/ambient/inbound-binding.js'
import { seenByZtunnels } from '../../istiod/ambient/seen-by-ztunnels.js'
import { serviceScope } from '../../istiod/ambient/service-scope.js'
import { spansNetworks } from '../../istiod/ambient/spans-networks.js'
import { hbonePort, type Waypoint, waypointClass } from '../../istiod/ambient/waypoint.js'
import { waypointService, waypointServiceName } from '../../istiod/ambient/waypoint-service.js'
import { whyEndpointsOpen } from '../../istiod/ambient/why-endpoints-open.js'
import { whyScopeOpen } from '../../istiod/ambient/why-scope-open.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import { endpointsOf } from '../../istiod/endpoints/endpoints-of.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Assumption } from '../../model/step.js'
import { findService } from '../../snapshot/services/find-service.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { goOn, type Outcome, stop, undetermined } from '../call/outcome.js'
import type { Discovered } from '../call/stage-values.js'
import { readyPods, shownPods, waypointEndpoints } from './waypoint-endpoints.js'

export function discoverWaypoint(view: ControlPlaneView, waypoint: Waypoint): Outcome<Discovered> {
  const { cluster, gateway } = waypoint
  const { meta } = gateway
  const name = `\`${meta.namespace}/${meta.name}\``
  const foreign = whyForeign(waypoint, name)
  if (foreign !== undefined) return undetermined('DISCOVERY', foreign, [cluster.ref(meta)])
  const elsewhere = lookElsewhere(view, waypoint)
  if (elsewhere.open !== undefined) return undetermined('DISCOVERY', elsewhere.open, [cluster.ref(meta), ...elsewhere.because])
  if (shownPods(waypoint).length === 0 && elsewhere.pods.length === 0) return withoutPods(view, waypoint, name)
  return amongPods(view, waypoint, name, elsewhere)
}

function amongPods(view: ControlPlaneView, waypoint: Waypoint, name: string, elsewhere: Elsewhere): Outcome<Discovered> {
  const { cluster, gateway } = waypoint
  const because = [cluster.ref(gateway.meta)]
  const isHome = cluster === view.configCluster
  const own = isHome && readyPods(waypoint).length > 0 ? waypointEndpoints(view, waypoint) : []
  const endpoints = [...own, ...elsewhere.pods]
  const isMissing = service(waypoint)?.ports.some(({ number }) => number === hbonePort) === false
  if (isMissing || endpoints.length === 0) {
    const why = isMissing ? `its Service has no port ${hbonePort}` : isHome ? 'none of its pods is ready' : notKnownHere(view, waypoint)
    const message = `waypoint ${name} is bound and ${why}: ztunnel has nobody to send the call to, and does not go past it`
    return stop('DISCOVERY', { reason: 'NO_ENDPOINTS', message, because })
  }
  const many = endpoints.length === 1 ? '1 pod' : `${endpoints.length} pods`
  const message = `ztunnel chooses among ${many} of waypoint ${name}`
  const { assumptions } = elsewhere
  return goOn('DISCOVERY', found(endpoints), { reason: 'ENDPOINTS_FOUND', message, because }, { assumptions })
}

const service = (waypoint: Waypoint) => findService(waypoint.cluster, waypoint.gateway.meta.namespace, waypointServiceName(waypoint))

interface Elsewhere {
  readonly pods: readonly Endpoint[]
  readonly assumptions: readonly Assumption[]
  /** Why nobody knows whom ztunnel is told of. */
  readonly open: string | undefined
  readonly because: readonly ResourceRef[]
}

function lookElsewhere(view: ControlPlaneView, waypoint: Waypoint): Elsewhere {
  const record = waypointService(view, waypoint)
  if (record === undefined) return { pods: [], assumptions: [], open: undefined, because: [] }
  const pods = podsElsewhere(view, record)
  const open = whyScopeOpen(view, record.hostname) ?? whyEndpointsOpen(view, record, pods)
  return { pods, assumptions: pods.length === 0 ? [] : serviceScope(view, record).assumptions, open, because: [record.ref] }
}

/** Ready pods in other clusters, of a waypoint whose own Service is `GLOBAL`. */
function podsElsewhere(view: ControlPlaneView, record: MeshService): readonly Endpoint[] {
  const port = spansNetworks(view) === 'ON' ? record.ports.find(({ number }) => number === hbonePort) : undefined
  if (port === undefined) return []
  return endpointsOf(view, record, port).filter((endpoint) => {
    const sight = seenByZtunnels(view, record, endpoint)
    const isSeen = sight === 'ITSELF' || sight === 'BEHIND_GATEWAY'
    return isSeen && endpoint.health === 'HEALTHY' && endpoint.cluster !== view.configCluster?.name
  })
}

const notKnownHere = ({ configCluster }: ControlPlaneView, { cluster }: Waypoint): string =>
  `stands in cluster \`${cluster.name}\`, where its own Service is not \`GLOBAL\`, so that nothing is known of it in \`${configCluster?.name ?? ''}\``

/** What another proxy than a waypoint of Istio's own makes of what it is sent is its own configuration (AMB-57). */
function whyForeign({ cluster, gateway }: Waypoint, name: string): string | undefined {
  if (inboundBinding(cluster, gateway) !== undefined)
    return `waypoint ${name} hands on to a gateway in its pods (\`ambient.istio.io/waypoint-inbound-binding\`), which is not followed`
  return gateway.className === waypointClass
    ? undefined
    : `waypoint ${name} is of class \`${gateway.className}\`, and what such a gateway makes of the call is not followed`
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
  return goOn('DISCOVERY', found(waypointEndpoints(view, waypoint)), { reason: 'ENDPOINTS_FOUND', message, because }, { assumptions })
}

const found = (endpoints: readonly Endpoint[]): Discovered => ({ endpoints, unready: [], dropped: [] })
