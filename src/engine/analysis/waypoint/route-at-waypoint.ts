/**
 * Where does a waypoint send what it is given for a service?
 *
 * By routes of its own namespace and of the service's, whatever stands where the client is; all that are for the host are put together, where releases
 * before took the first alone. What asks for labels of the caller is left out. A port that the service does not declare it does not serve. Rules AMB-9, AMB-17,
 * AMB-47 … AMB-51, AMB-53, AMB-55.
 */
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { scopeOf } from '../../istiod/scope/scope-of.js'
import { virtualServicesFor, virtualServicesOver } from '../../istiod/scope/virtual-services-for.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import { isOn } from '../../snapshot/flags.js'
import { joinsRoutesAtWaypoints, resolvesAtWaypoints, resolvesServerNamesAtWaypoints } from '../../snapshot/releases.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { ResolvedCall } from '../call/call.js'
import { takenIn } from '../call/taken-in.js'
import { type Outcome, stop, undetermined } from '../call/outcome.js'
import type { Routed, RouteTarget } from '../call/stage-values.js'
import { chooseConnection } from '../route/choose-connection.js'
import { chooseHttp, type HttpChoice, nameAll } from '../route/choose-http.js'
import type { RoutingProxy } from '../route/concerns-proxy.js'
import { concludeRoute } from '../route/conclude-route.js'
import { defaultAlternative } from '../route/default-alternative.js'
import type { RoutingContext } from '../route/find-target.js'

/** `sent`: with the waypoint as its client. */
export function routeAtWaypoint(sent: ResolvedCall, target: RouteTarget): Outcome<Routed> {
  const call = takenIn(sent)
  const { service, port } = target
  const whole = scopeOf(call.client)
  if (whole === undefined) return undetermined('ROUTE', 'no known control plane configures the waypoint', [call.client.workload.ref])
  if (!service.ports.includes(port)) {
    const message = `the waypoint serves the declared ports of \`${service.hostname}\` alone, and ${port.number} is none of them`
    return stop('ROUTE', { reason: 'PORT_NOT_DECLARED', message, because: [service.ref] })
  }
  const unserved = whyUnresolved(whole.view, service, port)
  if (unserved !== undefined) return stop('ROUTE', { reason: 'UNKNOWN_CLUSTER', message: unserved, because: [service.ref] })
  const scope = heeding(whole, service.namespace)
  const proxy: RoutingProxy = { labels: {}, namespace: scope.namespace, gateways: ['mesh'], port: port.number }
  const context: RoutingContext = {
    scope,
    labels: call.client.workload.labels,
    port: port.number,
    keepsPort: true,
    caller: call.client.workload,
  }
  const chosen = isRequest(call, port)
    ? byRequest(call, scope, proxy, context, service.hostname)
    : byConnection(scope, proxy, context, service.hostname)
  return conclude(scope, target, chosen, context)
}

/** A name that is resolved as it is called has to be spoken where the waypoint hears it, and to lead out of the mesh (AMB-17). */
function whyUnresolved(
  { controlPlane }: ControlPlaneView,
  { resolution, meshExternal, hostname }: MeshService,
  { protocol, number }: MeshPort,
) {
  if (resolution !== 'DYNAMIC_DNS') return undefined
  const name = `\`${hostname}\``
  if (!resolvesAtWaypoints(controlPlane)) return `waypoints before 1.28 serve no ServiceEntry of resolution \`DYNAMIC_DNS\`, as ${name} is`
  if (!meshExternal) return `${name} is \`MESH_INTERNAL\`, and waypoints serve only \`MESH_EXTERNAL\` names of resolution \`DYNAMIC_DNS\``
  if (protocol === 'HTTP') return undefined
  const byServerName = resolvesServerNamesAtWaypoints(controlPlane) && isOn(controlPlane, 'ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS')
  if (protocol === 'TLS' && byServerName) return undefined
  return `port ${number} of ${name} is none of HTTP, from which the waypoint learns the name (of TLS it does by \`ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS\`)`
}

/** By the port's protocol, and of an undeclared one by what is spoken (AMB-53). */
const isRequest = ({ attributes: { protocol: spoken } }: ResolvedCall, { protocol }: MeshPort): boolean =>
  protocol === 'HTTP' || (protocol === 'AUTO' && (spoken ?? 'HTTP') === 'HTTP')

/** Who chose, and what; by nobody's routes the call goes to the service itself. */
function conclude(
  scope: ProxyScope,
  { service, port }: RouteTarget,
  chosen: HttpChoice | undefined,
  context: RoutingContext,
): Outcome<Routed> {
  const value = { mode: 'MESH', port: port.number, protocol: port.protocol } as const
  if (chosen === undefined) {
    const alternatives = [defaultAlternative(context, service, port)]
    return concludeRoute({ ...value, alternatives }, { on: [], by: undefined, because: [service.ref], assumptions: [] })
  }
  const because = chosen.by.map(({ meta }) => scope.view.ref(meta))
  return concludeRoute({ ...value, alternatives: chosen.alternatives }, { on: chosen.on, by: nameAll(chosen.by), because, assumptions: [] })
}

/** The same scope with routes of the two namespaces only (AMB-48). */
function heeding(scope: ProxyScope, owner: string): ProxyScope {
  const isHeeded = ({ meta }: VirtualService): boolean => meta.namespace === scope.namespace || meta.namespace === owner
  return { ...scope, heeds: isHeeded, listeners: scope.listeners.map((one) => ({ ...one, heeds: isHeeded })) }
}

function byRequest(call: ResolvedCall, scope: ProxyScope, proxy: RoutingProxy, context: RoutingContext, host: string) {
  const all = virtualServicesOver(scope, host, proxy.port)
  const groups = joinsRoutesAtWaypoints(scope.view.controlPlane) ? [all] : all.slice(0, 1).map((one) => [one])
  return chooseHttp(groups, proxy, context, call)
}

function byConnection(scope: ProxyScope, proxy: RoutingProxy, context: RoutingContext, host: string) {
  const candidates = virtualServicesFor(scope, host, proxy.port).flat()
  const chosen = (['tls', 'tcp'] as const).flatMap(
    (kind) => chooseConnection(candidates, proxy, context, { kind, sni: host, carries: 'AS_SPOKEN' }) ?? [],
  )[0]
  return chosen && { alternatives: [chosen.alternative], by: [chosen.virtualService], on: [] }
}
