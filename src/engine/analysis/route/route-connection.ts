/**
 * Where does the connection to a port go that declares no requests: by the filter chain that takes what comes to the address?
 *
 * It may be another service's, which has the same address or all of them, and another record's of the host; requests are told apart by their bytes
 * where the listener expects some. Rules ROUTE-2, ROUTE-9, ROUTE-10, ROUTE-16, ROUTE-31, DNS-16.
 */
import type { SpokenProtocol } from '../../model/question.js'
import type { Assumption } from '../../model/step.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import { blocksOf } from '../../istiod/matching/blocks-of.js'
import { routesOver } from '../../istiod/scope/virtual-services-for.js'
import { assuming, type Outcome } from '../call/outcome.js'
import type { Routed } from '../call/stage-values.js'
import { assumedAddress } from './assumed-address.js'
import { captured, leadBy } from './captured.js'
import { routesServerNames } from './choose-connection.js'
import { nameAll } from './choose-http.js'
import { concludeRoute } from './conclude-route.js'
import { leaveMesh } from './default-alternative.js'
import type { ConnectionChain, RequestChain } from './listeners/filter-chain.js'
import { takenAt } from './listeners/taken-at.js'
import { takerBy } from './listeners/taker.js'
import { pastServerNames } from './past-server-names.js'
import { outsideBlocks } from './port-missing.js'
import { routeDetected, routeRequest } from './route-requests.js'
import type { SidecarCall } from './sidecar-call.js'

/** `listening`: the addresses of the service. */
export function routeConnection(sidecar: SidecarCall, listening: readonly string[]): Outcome<Routed> {
  const { call, named, scope, service, port } = sidecar
  const own = port.protocol === 'HTTP' ? [] : listening.length > 0 ? listening : blocksOf(service)
  const [address = own[0]] = named.addresses
  const meant = (scope.services.get(service.hostname)?.listening ?? []).map(({ record }) => record)
  const dialling = { client: call.client, address, port: port.number, spoken: spokenIn(sidecar), name: named.hostname }
  const chain = takenAt(scope, dialling, meant)
  const assumptions = assumedAddress(named, service, own)
  if (chain === undefined) return takenByNone(sidecar, listening)
  if (chain.kind === 'HTTP') return assuming(takenForRequest(sidecar, chain), assumptions)
  if (chain.record.hostname !== service.hostname) return assuming(captured(call, named, scope, takerBy(scope, chain, address)), assumptions)
  return conclude(sidecar, chain, assumptions)
}

/** As the port is declared, however a listener reads it; where it declares nothing, a request is asked for first. */
function spokenIn(sidecar: SidecarCall): SpokenProtocol {
  const { protocol = 'AUTO' } = declaredIn(sidecar, sidecar.service) ?? {}
  return sidecar.call.attributes.protocol ?? (protocol === 'TLS' || protocol === 'TCP' ? protocol : 'HTTP')
}

const declaredIn = ({ port }: SidecarCall, record: MeshService): MeshPort | undefined =>
  record.ports.find(({ number }) => number === port.number)

function conclude(
  { call, scope, port, context }: SidecarCall,
  chain: ConnectionChain,
  assumptions: readonly Assumption[],
): Outcome<Routed> {
  const { kind, routing, record } = chain
  const isTls = kind === 'TLS' || (routing !== undefined && port.protocol === 'AUTO' && call.attributes.protocol === 'TLS')
  const alternatives = [leadBy({ ...context, keepsPort: false }, chain, isTls ? 'TLS' : 'ANYTHING')]
  const because = routing === undefined ? [record.ref] : [scope.view.ref(routing.virtualService.meta)]
  const by = routing && nameAll([routing.virtualService])
  return concludeRoute({ mode: 'MESH', port: port.number, protocol: port.protocol, alternatives }, { on: [], by, because, assumptions })
}

/** The proxy looks at the bytes, finds a request, and has routes for it or none (ROUTE-10). */
function takenForRequest(sidecar: SidecarCall, { record }: RequestChain): Outcome<Routed> {
  const { scope, service, port } = sidecar
  const own = record ?? service
  const declared = declaredIn(sidecar, own)
  if (declared?.protocol === 'AUTO') return routeDetected({ ...sidecar, service: own, port: declared })
  if (declared?.protocol === 'HTTP') return routeRequest({ ...sidecar, port: declared })
  const message = `port ${port.number} of \`${service.hostname}\` is declared ${port.protocol} and has no address of its own, so a request is taken for one of the port’s HTTP services, and is none of theirs`
  return leaveMesh(scope, port.number, port.protocol, { reason: 'PROTOCOL_NOT_ROUTED', message, because: [service.ref] })
}

/** What is left is the chain for all that is unknown. */
function takenByNone(sidecar: SidecarCall, listening: readonly string[]): Outcome<Routed> {
  const { named, scope, service, port, proxy } = sidecar
  const isNamed = spokenIn(sidecar) === 'TLS'
  const routes = scope.listeners.flatMap(({ listener }) => routesOver(scope, listener, service.hostname))
  if (port.protocol === 'TLS' && routesServerNames(routes, proxy))
    return pastServerNames(scope, port, isNamed ? named.hostname : '', routes)
  const isOutside = port.protocol !== 'HTTP' && blocksOf(service).length > 0 && listening.length === 0
  if (port.protocol === 'TLS' && !isNamed && listening.length === 0) {
    const message = `port ${port.number} of \`${service.hostname}\` is declared TLS and has no address of its own, so that the proxy goes by the server name, and what the client speaks has none`
    return leaveMesh(scope, port.number, port.protocol, { reason: 'PROTOCOL_NOT_ROUTED', message, because: [service.ref] })
  }
  if (isOutside) return outsideBlocks(scope, named, service, port)
  const message = `no listener of the proxy takes what comes to port ${port.number} of \`${service.hostname}\``
  return leaveMesh(scope, port.number, port.protocol, { reason: 'ADDRESS_NOT_CAPTURED', message, because: [service.ref] })
}
