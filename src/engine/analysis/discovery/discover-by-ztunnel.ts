/**
 * Among which endpoints of a service does ztunnel choose?
 *
 * Healthy ones of the cluster that its control plane is configured by, and of others where ambient mode spans networks and the service is `GLOBAL`, whatever rules and Sidecars say. Without any, or on a port that the service does
 * not declare, the connection fails: unlike a sidecar ztunnel passes nothing on that is meant for a service. Rules AMB-4, AMB-9, AMB-12, AMB-13,
 * AMB-17, AMB-60, AMB-61, AMB-63.
 */
import { ambientNetwork, networkOfEndpoint } from '../../istiod/ambient/ambient-network.js'
import { seenByZtunnels } from '../../istiod/ambient/seen-by-ztunnels.js'
import { serviceScope } from '../../istiod/ambient/service-scope.js'
import { spansNetworks } from '../../istiod/ambient/spans-networks.js'
import { whyEndpointsOpen } from '../../istiod/ambient/why-endpoints-open.js'
import { endpointsOfCluster } from '../../istiod/endpoints/endpoints-of.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Client } from '../call/call.js'
import { distinctRefs } from '../call/distinct-refs.js'
import { nodeLooks, noLooks } from '../call/look.js'
import { type Ended, endedWith, lookingAt, passedWith, stepOf, undetermined } from '../call/outcome.js'
import type { Dropped, RouteTarget } from '../call/stage-values.js'
import type { Discovery } from './discovery.js'
import { synthesisedAssumptions } from './synthesised-assumptions.js'

export function discoverByZtunnel(client: Client, view: ControlPlaneView, target: RouteTarget): Discovery {
  const { service, port } = target
  if (!service.ports.includes(port)) return { outcome: withoutPort(target), dropped: [] }
  const held = endpointsOfCluster(view, service, port)
  const dropped: Dropped[] = []
  const endpoints = held.filter((endpoint) => {
    const objection = objectionTo(client, view, service, endpoint)
    if (objection !== undefined) dropped.push({ endpoint, ...objection, because: [service.ref, ...endpoint.because] })
    return objection === undefined
  })
  const looks = staysOnNode(service) ? nodeLooks : noLooks
  const scopes = spansNetworks(view) === 'ON' ? serviceScope(view, service).assumptions : []
  const assumptions = [...synthesisedAssumptions(service, held), ...scopes]
  const open = whyEndpointsOpen(view, service, endpoints)
  if (open !== undefined) return { outcome: undetermined('DISCOVERY', open, [service.ref, view.controlPlane.ref], assumptions), dropped }
  if (staysOnNode(service) && endpoints.some(({ nodeName }) => nodeName === '' || client.workload.nodeName === undefined)) {
    const message = `\`internalTrafficPolicy: Local\` keeps calls to \`${service.hostname}\` on the client's node, and the nodes of \`${client.workload.name}\` and of the endpoints are not given`
    return { outcome: lookingAt(undetermined('DISCOVERY', message, [service.ref], assumptions), looks), dropped }
  }
  if (endpoints.length === 0) return { outcome: lookingAt(withoutEndpoints(target, dropped), looks), dropped }
  const many = endpoints.length === 1 ? '1 endpoint' : `${endpoints.length} endpoints`
  const message = `ztunnel chooses among ${many} of \`${service.hostname}:${port.number}\``
  const step = stepOf('DISCOVERY', 'PASSED', { reason: 'ENDPOINTS_FOUND', message, because: [service.ref] })
  return { outcome: passedWith(step, { endpoints, unready: [], dropped }, [], assumptions, looks), dropped }
}

const staysOnNode = ({ definitions }: MeshService): boolean => definitions[0]?.service.internalTrafficPolicyLocal === true

type Objection = Omit<Dropped, 'endpoint' | 'because'> | undefined

/** Why is the endpoint none of those that ztunnel may choose? */
const objectionTo = (client: Client, view: ControlPlaneView, service: MeshService, endpoint: Endpoint): Objection =>
  isElsewhere(view, service, endpoint) ?? isUnready(service, endpoint) ?? isOnOtherNode(client, service, endpoint)

function isElsewhere(view: ControlPlaneView, service: MeshService, endpoint: Endpoint): Objection {
  const sight = seenByZtunnels(view, service, endpoint)
  if (sight === 'ITSELF' || sight === 'BEHIND_GATEWAY') return undefined
  const cluster = endpoint.workload?.cluster ?? endpoint.cluster
  const message =
    sight === 'OTHER_CLUSTER'
      ? `ztunnel is told of nothing in cluster \`${cluster}\`: ambient mode across clusters is off`
      : `ztunnel is told of endpoints in \`${cluster}\` only where the service is \`GLOBAL\` in \`${whereNotGlobal(view, service, endpoint)}\` (\`serviceScopeConfigs\`, mostly by label \`istio.io/global\`)`
  return { reason: 'UNKNOWN_TO_ZTUNNEL', message }
}

/** Of another network both Services have to be, of its own network the endpoint's. */
function whereNotGlobal(view: ControlPlaneView, service: MeshService, endpoint: Endpoint): string {
  const { scope, others } = serviceScope(view, service)
  const home = view.configCluster?.name ?? ''
  const cluster = endpoint.workload?.cluster ?? endpoint.cluster
  const crosses = networkOfEndpoint(view, endpoint) !== ambientNetwork(view, view.configCluster)
  return others.has(cluster) || (crosses && scope !== 'GLOBAL') ? home : cluster
}

/** Draining by label concerns other proxies. */
function isUnready({ definitions }: MeshService, { health, workload }: Endpoint): Objection {
  const isReady = health === 'HEALTHY' || (health === 'DRAINING' && workload?.ready === true)
  if (isReady || definitions[0]?.service.publishNotReadyAddresses === true) return undefined
  return { reason: health === 'TERMINATING' ? 'TERMINATING' : 'UNHEALTHY', message: 'the endpoint is not ready' }
}

function isOnOtherNode({ workload: { nodeName = '' } }: Client, service: MeshService, endpoint: Endpoint): Objection {
  if (!staysOnNode(service) || nodeName === '' || endpoint.nodeName === '' || endpoint.nodeName === nodeName) return undefined
  const message = `\`internalTrafficPolicy: Local\` keeps the call on node \`${nodeName}\`, the endpoint is on \`${endpoint.nodeName}\``
  return { reason: 'NODE_LOCAL', message }
}

function withoutPort({ service, port }: RouteTarget): Ended {
  const declared = service.ports.map(({ number }) => number).join(', ')
  const message = `\`${service.hostname}\` declares no port ${port.number}, only ${declared === '' ? 'none' : declared}: ztunnel has no endpoint for it, and passes nothing on that is meant for a service`
  return endedWith(stepOf('DISCOVERY', 'STOPPED', { reason: 'NO_ENDPOINTS', message, because: [service.ref] }), 'STOPPED', [])
}

const unresolved = ({ hostname }: MeshService): string =>
  `\`${hostname}\` is resolved name by name as it is called, which a waypoint does and ztunnel does not, and no waypoint stands in front`

function withoutEndpoints({ service, port }: RouteTarget, dropped: readonly Dropped[]): Ended {
  const why = [...new Set(dropped.map(({ message }) => message))].slice(0, 3).join('; ')
  const where = `\`${service.hostname}:${port.number}\``
  const message =
    service.resolution === 'DYNAMIC_DNS'
      ? unresolved(service)
      : dropped.length === 0
        ? `${where} has no endpoint`
        : dropped.length === 1
          ? `the only endpoint of ${where} may not take the call, as ${why}`
          : `none of ${dropped.length} endpoints of ${where} may take the call, as ${why}`
  const because = distinctRefs([service.ref, ...dropped.slice(0, 5).flatMap((drop) => drop.because)])
  return endedWith(stepOf('DISCOVERY', 'STOPPED', { reason: 'NO_ENDPOINTS', message, because }), 'STOPPED', [])
}
