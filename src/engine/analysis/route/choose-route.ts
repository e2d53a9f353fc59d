import { flatMap } from '../../flat-map.js'
import type { SpokenProtocol } from '../../model/question.js'
import type { Assumption } from '../../model/step.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import { comparable, excludedFromCapture } from './excluded-from-capture.js'
import { asksForAddresses } from './chain-by-address.js'
import { assumedAddress } from './assumed-address.js'
import { captured } from './captured.js'
import { carrying, chooseConnection, type Connection, type ConnectionChoice, routesServerNames } from './choose-connection.js'
import { defaultAlternative, defaultHttpAlternative, leaveMesh, unrouted } from './default-alternative.js'
import { chooseGatewayRoute } from './choose-gateway-route.js'
import { chooseHttp, nameAll } from './choose-http.js'
import { type Listened, listenedAt } from '../../istiod/scope/listened-at.js'
import { isPartialWildcard } from '../../istiod/matching/hosts.js'
import { joinByAddress } from './join-by-address.js'
import { loopsBack, staysInPod } from './loops-back.js'
import { missesListener } from './misses-listener.js'
import { addressesFor } from '../name/name-table.js'
import { assuming, type Outcome, stop } from '../call/outcome.js'
import { namesPodOf } from '../../snapshot/services/service-names.js'
import { originalProtocol } from './ports-of.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { RoutingProxy } from './concerns-proxy.js'
import type { RoutingContext } from './find-target.js'
import { refusedAtSidecar } from './refused-among.js'
import { decidingRoutes, isRoutedAsForeign, routeForeignHost } from './route-foreign-host.js'
import { concludeRoute } from './conclude-route.js'
import { pastServerNames } from './past-server-names.js'
import type { ResolvedCall } from '../call/call.js'
import type { InScope, Named, Routed } from '../call/stage-values.js'
import { listensForRequests, routedBy } from '../../istiod/scope/routed-by.js'
import { virtualServicesFor } from '../../istiod/scope/virtual-services-for.js'
import { pastWaypoint } from './past-waypoint.js'
import { takenAnyway, takenAtAddress, takenInBlock, takenOpenly } from './taken-openly.js'
import { blocksOf } from '../../istiod/matching/blocks-of.js'
import { boundElsewhere, outsideBlocks, portMissing } from './port-missing.js'
import { tellLosers } from './told/tell-losers.js'
import { type Dialled, recordsDialled, takenByNone, withoutRequests } from './records-dialled.js'
import { unknownListener } from './unknown-listener.js'
import { wildcardListener } from './wildcard-listener.js'

/** A sidecar's call to a service of its scope. */
interface SidecarCall {
  readonly call: ResolvedCall
  readonly named: Named
  readonly scope: ProxyScope
  readonly service: MeshService
  readonly port: MeshPort
  readonly proxy: RoutingProxy
  readonly context: RoutingContext
}

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
  const excluded = scope === undefined ? undefined : excludedFromCapture(workload, port, comparable(named.addresses, service))
  if (excluded !== undefined) return unrouted('DIRECT', port, originalProtocol(client, named, port), excluded)
  if (scope === undefined || inScope.mode !== 'MESH') return chooseNothing(call, named, inScope, port)
  if (workload.dataPlane === 'GATEWAY') return chooseGatewayRoute({ ...inScope, call, named }, scope, port)
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
  if (service === undefined) return pastHttp(call, named, scope, port) ?? routeForeignHost(call, named, proxy, context)
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
    return requests ?? takenAnyway(call, named, scope, port) ?? takenByNone(call, named, scope, heard) ?? portMissing(scope, service, port)
  }
  if (heard.every(({ bind }) => bind !== undefined && !named.addresses.includes(bind)))
    return takenAnyway(call, named, scope, port) ?? boundElsewhere(scope, listened)
  return routeService({ ...sidecar, service: listened.record, port: listened.port })
}

/** The name that routes are looked up by: an address and a pod's own name are domains of their service (ROUTE-32). */
const domainOf = ({ resolvedBy, hostname }: Named, service: MeshService): string =>
  resolvedBy === 'LITERAL' || namesPodOf(hostname, service) ? service.hostname : hostname

/** A host known only to routes concerns requests alone: other bytes go where the application dials, past or through an HTTP listener (ROUTE-1, ROUTE-35). */
function pastHttp(call: ResolvedCall, named: Named, scope: ProxyScope, port: number): Outcome<Routed> | undefined {
  const { client, attributes } = call
  const { protocol: spoken } = attributes
  if (spoken === undefined || spoken === 'HTTP') return undefined
  if (spoken === 'SERVER_FIRST' && waitsForBytes(scope, port))
    return neverDetected(`port ${port} is one on which the proxy listens for HTTP`, [])
  const taker = wildcardListener(scope, client, port, named.addresses)
  if (taker !== undefined) return captured(call, named, scope, taker)
  const message = `only requests to this host are routed on port ${port}, and what the client speaks is no HTTP`
  return leaveMesh(scope, port, 'AUTO', { reason: 'PROTOCOL_NOT_ROUTED', message, because: [] })
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
  if (missed !== undefined) return leaveMesh(scope, port.number, port.protocol, missed)
  return pastWaypoint(scope.view, routeByProtocol(sidecar, listening))
}

function routeByProtocol(sidecar: SidecarCall, listening: readonly string[]): Outcome<Routed> {
  const { call, named, scope, service, port } = sidecar
  const { protocol: spoken } = call.attributes
  const taken = spoken === undefined ? undefined : missesHttpListener(sidecar, spoken)
  if (taken !== undefined) return taken
  if (port.protocol === 'HTTP') return takenInBlock(call, named, scope, port.number) ?? routeHttp(sidecar, domainOf(named, service))
  if (port.protocol === 'TLS' && isPartialWildcard(service.hostname)) return unknownListener(service, port)
  if (port.protocol === 'TLS')
    return withoutServerName(sidecar, listening) ?? routeConnection(sidecar, 'tls', assumedAddress(named, service, listening))
  return missesTcpListener(sidecar, listening) ?? routeByAddress(sidecar, listening)
}

/** Without an address of its own an entry’s TLS port is told by the server name, which nothing but TLS has (DNS-16, ROUTE-9). */
function withoutServerName({ call, named, scope, service, port }: SidecarCall, listening: readonly string[]): Outcome<Routed> | undefined {
  const { protocol: spoken = 'TLS' } = call.attributes
  if (spoken === 'TLS' || listening.length > 0 || service.registry === 'KUBERNETES') return undefined
  const message = `port ${port.number} of \`${service.hostname}\` is declared TLS and has no address of its own, so that the proxy goes by the server name, and what the client speaks has none`
  const past = leaveMesh(scope, port.number, port.protocol, { reason: 'PROTOCOL_NOT_ROUTED', message, because: [service.ref] })
  return takenAnyway(call, named, scope, port.number) ?? past
}

/** What is no HTTP to the proxy goes where the connection goes, if no other service has taken all addresses of the port, or the block dialled. */
function routeByAddress(sidecar: SidecarCall, listening: readonly string[]): Outcome<Routed> {
  const { call, named, scope, service, port } = sidecar
  if (listening.length === 0 && service.registry !== 'KUBERNETES') {
    const blocks = blocksOf(service)
    const taker = wildcardListener(scope, call.client, port.number, named.addresses.length === 0 ? blocks : named.addresses)
    if (taker !== undefined && taker.service !== service) return captured(call, named, scope, taker)
    if (taker?.block !== undefined) return routeConnection(sidecar, 'tcp', assumedAddress(named, service, blocks))
    if (taker === undefined && blocks.length > 0 && port.protocol === 'TCP') return outsideBlocks(scope, named, service, port)
  }
  return port.protocol === 'AUTO' ? routeDetected(sidecar) : routeConnection(sidecar, 'tcp', assumedAddress(named, service, listening))
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
  const taker = wildcardListener(scope, call.client, port.number, named.addresses)
  if (taker !== undefined) return captured(call, named, scope, taker)
  const message = `${where}, and what the client speaks is no HTTP`
  return leaveMesh(scope, port.number, port.protocol, { reason: 'PROTOCOL_NOT_ROUTED', message, because: [service.ref] })
}

/**
 * An entry without an address listens on all of them, where another service's requests may come too: the proxy tells them apart by their bytes,
 * and a request finds no virtual host of a TCP port (ROUTE-10, DNS-16).
 */
function missesTcpListener({ call, scope, service, port }: SidecarCall, listening: readonly string[]): Outcome<Routed> | undefined {
  const shares = listening.length === 0 && blocksOf(service).length === 0 && service.registry === 'SERVICE_ENTRY' && port.protocol === 'TCP'
  if (!shares || call.attributes.protocol !== 'HTTP' || !listensForRequests(scope, port.number)) return undefined
  const message = `port ${port.number} of \`${service.hostname}\` is declared TCP and has no address of its own, so a request is taken for one of the port’s HTTP services, and is none of theirs`
  return leaveMesh(scope, port.number, port.protocol, { reason: 'PROTOCOL_NOT_ROUTED', message, because: [service.ref] })
}

/** Bytes decide on an undeclared port: the question says them, or each way is asked for (ROUTE-10, ROUTE-16). */
function routeDetected(sidecar: SidecarCall): Outcome<Routed> {
  const { protocol: spoken = 'HTTP' } = sidecar.call.attributes
  if (spoken === 'HTTP') return unroutedRequest(sidecar) ?? routeHttp(sidecar, sidecar.service.hostname)
  return routeConnection(sidecar, 'tcp', [])
}

/** The listener of an undeclared port has routes of its own, and none where the last record of the host that has the port declares no requests (ROUTE-16). */
function unroutedRequest({ scope, service, port }: SidecarCall): Outcome<Routed> | undefined {
  const unrouted = withoutRequests(scope, service.hostname, port.number)
  return unrouted && stop('ROUTE', { reason: 'NO_ROUTE', ...unrouted, message: `${unrouted.message}: a request gets 404` })
}

/** A listener of the port has the routes of its requests alone, and none for what only a listener for all ports imports (VIS-42). */
function routedElsewhere({ scope, service, port }: SidecarCall): Outcome<Routed> | undefined {
  const { listener } = routedBy(scope, port.number) ?? {}
  if (listener === undefined || scope.services.get(service.hostname)?.listening.some((one) => one.listener === listener)) return undefined
  const message = `the Sidecar’s listener for port ${port.number} has the routes of its requests, and none for \`${service.hostname}\`: a request gets 404`
  const because = scope.sidecar === undefined ? [service.ref] : [service.ref, scope.view.ref(scope.sidecar.meta, listener.path)]
  return stop('ROUTE', { reason: 'NO_ROUTE', message, because })
}

function routeHttp(sidecar: SidecarCall, host: string): Outcome<Routed> {
  const { call, scope, service, port, proxy, context } = sidecar
  const elsewhere = routedElsewhere(sidecar)
  if (elsewhere !== undefined) return elsewhere
  const deciding = decidingRoutes({ ...sidecar, host }, port.number).map((item) => [item])
  const chosen = chooseHttp(deciding, proxy, context, call)
  const alternatives = chosen?.alternatives ?? [defaultHttpAlternative(context, service, port)]
  const because = chosen?.by.map(({ meta }) => scope.view.ref(meta)) ?? [service.ref]
  const by = chosen === undefined ? undefined : nameAll(chosen.by)
  const besides = chosen === undefined ? undefined : tellLosers(scope.view, chosen, scope.namespace)
  const outcome = concludeRoute(
    { mode: 'MESH', port: port.number, protocol: port.protocol, alternatives },
    { on: chosen?.on ?? [], by, because, assumptions: [], besides },
  )
  return refusedAtSidecar(scope, proxy) ?? outcome
}

function routeConnection(sidecar: SidecarCall, kind: 'tls' | 'tcp', assumptions: readonly Assumption[]): Outcome<Routed> {
  const { call, named, scope, service, port, proxy, context } = sidecar
  const connection = connectionTo(sidecar, kind)
  const candidates = flatMap(virtualServicesFor(scope, service.hostname, port.number), (group) => group)
  const chosen = chooseConnection(candidates, proxy, { ...context, keepsPort: false }, connection)
  const yields = chosen === undefined || (kind === 'tcp' && !candidates.some(asksForAddresses))
  const shared = yields ? takenAtAddress(call, named, scope, service, port) : undefined
  if (shared !== undefined) return assuming(shared, assumptions)
  if (chosen !== undefined || kind === 'tcp' || !routesServerNames(candidates, proxy))
    return concludeConnection(sidecar, kind, assumptions, chosen)
  const open = addressesFor(call.client, service).length === 0 ? takenAnyway(call, named, scope, port.number) : undefined
  return open ?? pastServerNames(scope, port, connection.sni, candidates)
}

/** Nothing but TLS shows a server name. */
function connectionTo({ call, named, service, port }: SidecarCall, kind: 'tls' | 'tcp'): Connection {
  const { protocol: spoken = 'TLS' } = call.attributes
  const blocks = addressesFor(call.client, service).length === 0 ? blocksOf(service) : []
  const carries = port.protocol === 'AUTO' && call.attributes.protocol === 'TLS' ? 'TLS' : carriedAs[kind]
  return { kind, sni: spoken === 'TLS' ? named.hostname : '', addresses: named.addresses, blocks, carries }
}

const carriedAs = { tls: 'TLS', tcp: 'ANYTHING' } as const

/** By the route that was chosen, else to the service itself. */
function concludeConnection(
  { scope, service, port, context }: SidecarCall,
  kind: 'tls' | 'tcp',
  assumptions: readonly Assumption[],
  chosen: ConnectionChoice | undefined,
): Outcome<Routed> {
  const alternatives = [chosen?.alternative ?? carrying(defaultAlternative(context, service, port), carriedAs[kind])]
  const because = chosen === undefined ? [service.ref] : [scope.view.ref(chosen.virtualService.meta)]
  const by = chosen && nameAll([chosen.virtualService])
  return concludeRoute({ mode: 'MESH', port: port.number, protocol: port.protocol, alternatives }, { on: [], by, because, assumptions })
}
