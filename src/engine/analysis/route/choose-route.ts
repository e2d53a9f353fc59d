import { flatMap } from '../../flat-map.js'
import type { SpokenProtocol } from '../../model/question.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import { comparable, excludedFromCapture } from './excluded-from-capture.js'
import { leaveMesh, unrouted } from './default-alternative.js'
import { chooseGatewayRoute } from './choose-gateway-route.js'
import { type Listened, listenedAt } from '../../istiod/scope/listened-at.js'
import { isPartialWildcard } from '../../istiod/matching/hosts.js'
import { joinByAddress } from './join-by-address.js'
import { loopsBack, staysInPod } from './loops-back.js'
import { missesListener } from './misses-listener.js'
import { addressesFor } from '../name/name-table.js'
import { explainOutside } from '../scope/explain-outside.js'
import { assuming, type Outcome, stop } from '../call/outcome.js'
import { originalProtocol } from './ports-of.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { RoutingProxy } from './concerns-proxy.js'
import type { RoutingContext } from './find-target.js'
import { routeConnection } from './route-connection.js'
import { isRoutedAsForeign, routeForeignHost } from './route-foreign-host.js'
import type { ResolvedCall } from '../call/call.js'
import type { InScope, Named, Routed } from '../call/stage-values.js'
import { virtualServicesFor } from '../../istiod/scope/virtual-services-for.js'
import { listensForRequests } from '../../istiod/scope/routed-by.js'
import { pastWaypoint } from './past-waypoint.js'
import { refuseMethod } from './listeners/refuse-method.js'
import type { SidecarCall } from './sidecar-call.js'
import { takenAnyway, takenOpenly } from './taken-openly.js'
import { boundElsewhere, portMissing } from './port-missing.js'
import { type Dialled, recordsDialled, takenByNone } from './records-dialled.js'
import { unknownListener } from './unknown-listener.js'

/**
 * Which upstream clusters does the proxy choose for the call, and with what shares?
 *
 * HTTP routes exist only on ports declared as HTTP or found to be; TLS is routed by its server name, everything else by
 * where it goes. A port that no listener takes leaves the mesh. Rules ROUTE-1 … ROUTE-10, ROUTE-16, ROUTE-30, VIS-31.
 */
export function chooseRoute(call: ResolvedCall, named: Named, inScope: InScope, port: number): Outcome<Routed> {
  const { scope, service } = inScope
  const { client } = call
  const { workload } = client
  if (staysInPod(client, named)) return loopsBack(named, port)
  const excluded = scope === undefined ? undefined : excludedFromCapture(workload, port, comparable(named, service))
  if (excluded !== undefined) return unrouted('DIRECT', port, originalProtocol(client, named, port), excluded)
  return refuseMethod(call, inScope, routeByProxy(call, named, inScope, port))
}

function routeByProxy(call: ResolvedCall, named: Named, inScope: InScope, port: number): Outcome<Routed> {
  const { scope, service } = inScope
  if (scope === undefined || inScope.mode !== 'MESH') return chooseNothing(call, named, inScope, port)
  if (call.client.workload.dataPlane === 'GATEWAY') return chooseGatewayRoute({ ...inScope, call, named }, scope, port)
  return routeInMesh(call, named, scope, service, port)
}

function routeInMesh(call: ResolvedCall, named: Named, scope: ProxyScope, service: MeshService | undefined, port: number): Outcome<Routed> {
  const { workload: caller } = call.client
  const { labels } = caller
  const proxy: RoutingProxy = { labels, namespace: scope.namespace, gateways: ['mesh'], port }
  const context: RoutingContext = { scope, labels, port, keepsPort: true, caller }
  const heard = service === undefined ? [] : listenedAt(scope, service.hostname, port)
  const taken = takenOpenly(call, named, scope, heard, port)
  if (taken !== undefined) return taken
  if (service === undefined)
    return pastHttp(call, named, scope, port) ?? takenByName(call, named, scope, port) ?? routeForeignHost(call, named, proxy, context)
  const at = (dialled: Dialled) => ({
    addresses: dialled.addresses,
    outcome: routeRecord(
      { call, named: { ...named, addresses: dialled.addresses }, scope, service, proxy, context },
      heard,
      dialled.listened,
    ),
  })
  const [first, ...others] = recordsDialled(call, named, scope, service, heard)
  return joinByAddress(at(first), others.map(at))
}

function routeRecord(sidecar: Omit<SidecarCall, 'port'>, heard: readonly Listened[], listened: Listened | undefined): Outcome<Routed> {
  const { call, named, scope, service, proxy, context } = sidecar
  const { port } = proxy
  if (listened === undefined) {
    const requests = isRoutedAsForeign(call, named, scope, port) ? routeForeignHost(call, named, proxy, context) : undefined
    return (
      requests ??
      takenAnyway(call, named, scope, port, service) ??
      takenByNone(call, named, scope, heard) ??
      portMissing(scope, service, port)
    )
  }
  if (heard.every(({ bind }) => bind !== undefined && !named.addresses.includes(bind)))
    return takenAnyway(call, named, scope, port, service) ?? boundElsewhere(scope, listened)
  return routeService({ ...sidecar, service: listened.record, port: listened.port })
}

/** A host known only to routes concerns requests alone: other bytes go where the application dials, past or through an HTTP listener (ROUTE-1, ROUTE-35). */
function pastHttp(call: ResolvedCall, named: Named, scope: ProxyScope, port: number): Outcome<Routed> | undefined {
  const { protocol: spoken } = call.attributes
  if (spoken === undefined || spoken === 'HTTP') return undefined
  if (spoken === 'SERVER_FIRST' && waitsForBytes(scope, port))
    return neverDetected(`port ${port} is one on which the proxy listens for HTTP`, [])
  const taken = takenAnyway(call, named, scope, port)
  if (taken !== undefined) return taken
  const { message: told, because } = explainOutside(call.client, named, scope)
  const message = `${told}, and of a host without service only requests are routed, while what the client speaks is no HTTP`
  return leaveMesh(scope, port, 'AUTO', { reason: 'PROTOCOL_NOT_ROUTED', message, because })
}

/** Where the routes of a host go by server names alone, nobody means anything but TLS (ROUTE-9). */
function takenByName(call: ResolvedCall, named: Named, scope: ProxyScope, port: number): Outcome<Routed> | undefined {
  const routes = flatMap(virtualServicesFor(scope, named.hostname, port), (group) => group)
  const isByName = routes.some(({ tls }) => tls.length > 0) && routes.every(({ http }) => http.length === 0)
  if (call.attributes.protocol !== undefined || !isByName) return undefined
  const taken = takenAnyway({ ...call, attributes: { ...call.attributes, protocol: 'TLS' } }, named, scope, port)
  const message = `nothing says what is spoken on port ${port} of \`${named.hostname}\`, and it is taken to be TLS, as its routes go by server names`
  const because = routes.map(({ meta }) => scope.view.ref(meta, 'spec.tls'))
  return taken && assuming(taken, [{ code: 'PROTOCOL_ASSUMED', message, because }])
}

const waitsForBytes = (scope: ProxyScope, port: number): boolean =>
  listensForRequests(scope, port) && !scope.view.controlPlane.meshConfig.givesUpDetection

const neverDetected = (where: string, because: readonly ResourceRef[]): Outcome<Routed> =>
  stop('ROUTE', {
    reason: 'PROTOCOL_NOT_DETECTED',
    message: `${where}: the client’s proxy waits for the first bytes of the application, which waits for those of the server`,
    because,
  })

/** Past the proxy’s routes, unless a listener on every address takes the connection for its own service (ROUTE-31). */
function chooseNothing(call: ResolvedCall, named: Named, { mode, scope }: InScope, port: number): Outcome<Routed> {
  const { client, attributes } = call
  const protocol = originalProtocol(client, named, port)
  if (scope !== undefined && attributes.protocol === 'SERVER_FIRST' && waitsForBytes(scope, port)) {
    return neverDetected(`port ${port} is one on which the proxy listens for HTTP`, [])
  }
  const taken = scope === undefined ? undefined : takenAnyway(call, named, scope, port)
  if (taken !== undefined) return taken
  const message =
    mode === 'DIRECT' ? 'without a proxy nothing routes the call' : 'the proxy has no route for it and forwards the connection'
  return unrouted(mode, port, protocol, { reason: 'NOT_ROUTED', message, because: [] })
}

function routeService(sidecar: SidecarCall): Outcome<Routed> {
  const { call, named, scope, service, port } = sidecar
  const listening = addressesFor(call.client, service)
  const missed = missesListener(named, service, port, listening)
  if (missed !== undefined)
    return takenAnyway(call, named, scope, port.number, service) ?? leaveMesh(scope, port.number, port.protocol, missed)
  return pastWaypoint(scope.view, routeByProtocol(sidecar, listening))
}

function routeByProtocol(sidecar: SidecarCall, listening: readonly string[]): Outcome<Routed> {
  const { call, service, port } = sidecar
  const { protocol: spoken } = call.attributes
  const taken = spoken === undefined ? undefined : missesHttpListener(sidecar, spoken)
  if (taken !== undefined) return taken
  if (port.protocol === 'TLS' && isPartialWildcard(service.hostname)) return unknownListener(service, port)
  return routeConnection(sidecar, listening)
}

/**
 * The proxy looks at the first bytes where HTTP may come: what is none it passes on to the original address at a port declared HTTP, and without
 * any bytes it waits (ROUTE-10, ROUTE-35).
 */
function missesHttpListener({ call, named, scope, service, port }: SidecarCall, spoken: SpokenProtocol): Outcome<Routed> | undefined {
  const detects = port.protocol === 'HTTP' || port.protocol === 'AUTO'
  if (!detects || spoken === 'HTTP') return undefined
  const declared = port.protocol === 'HTTP' ? 'is declared HTTP' : 'declares no protocol'
  const where = `port ${port.number} of \`${service.hostname}\` ${declared}`
  if (spoken === 'SERVER_FIRST' && !scope.view.controlPlane.meshConfig.givesUpDetection) {
    return neverDetected(where, [service.ref])
  }
  if (port.protocol === 'AUTO') return undefined
  const past = takenAnyway(call, named, scope, port.number)
  if (past !== undefined) return past
  const message = `${where}, and what the client speaks is no HTTP`
  return leaveMesh(scope, port.number, port.protocol, { reason: 'PROTOCOL_NOT_ROUTED', message, because: [service.ref] })
}
