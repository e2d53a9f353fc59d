/**
 * What does the client's proxy send to this endpoint?
 *
 * A DestinationRule's TLS mode goes to every endpoint alike; without one, automatic mutual TLS decides per endpoint, but only after the
 * namespace and mesh PeerAuthentications, and all-or-nothing where the proxy keeps the original address.
 * Rules TLS-5, TLS-6, TLS-7, TLS-8, TLS-17, AMB-11, AMB-32, NET-18, NET-44, VIS-31, ROUTE-34.
 */
import type { ResourceRef } from '../../model/resource-ref.js'
import type { ClientTls } from '../../resources/istio/traffic-policy.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Client } from '../call/call.js'
import { keepsOriginalAddress } from '../discovery/original-endpoints.js'
import { endpointsByNumber } from '../../istiod/endpoints/endpoints-of.js'
import { type Look, noLooks } from '../call/look.js'
import { serviceBinding } from '../../istiod/ambient/binding.js'
import { isMutualTlsCapable } from '../../istiod/inbound/is-mutual-tls-capable.js'
import { namespaceMutualTlsMode } from '../../istiod/inbound/mutual-tls-mode.js'
import { selectsByPlace } from '../../istiod/inbound/selects-by-place.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import type { NetworkPath, RouteTarget, Transported } from '../call/stage-values.js'
import { tunnelsTo } from './tunnels-to.js'
import { whereTls } from './where-tls.js'
import { whyWrapped } from './why-wrapped.js'

export interface Sent {
  readonly protocol: Transported['protocol']
  /** Why, as the end of a sentence "the client sends …". */
  readonly message: string
  readonly because: readonly ResourceRef[]
  /** Not empty where this very endpoint was looked at, or where it stands. */
  readonly lookedAt: readonly Look[]
  /** It goes in a tunnel of HBONE, to port 15008; inside of it may be TLS of the proxy's own. */
  readonly tunnel?: 'PLAIN' | 'WITH_TLS'
}

/** Undefined: the client has a proxy, but which control plane configures it is unknown. */
export function clientTransport(client: Client, target: RouteTarget | undefined, path: NetworkPath): Sent | undefined {
  const { dataPlane } = client.workload
  if (dataPlane === 'NONE') return plaintext('it has no proxy', [client.workload.ref])
  if (dataPlane === 'AMBIENT') return client.view === undefined ? undefined : byZtunnel(client.view, path)
  if (target === undefined && dataPlane === 'WAYPOINT') return toVeryWorkload(path)
  if (target === undefined) return plaintext('past the mesh, to the original address, nothing encrypts', [])
  if (client.view === undefined) return undefined
  if (tunnelsTo(client, client.view, target, path)) return tunnelled(target)
  if (dataPlane === 'WAYPOINT' && standsInFront(client, client.view, target)) return byWaypoint(target)
  const alike = transportToAll(client, client.view, target)
  if (alike !== 'BY_ENDPOINT') return alike
  return transportTo(client.view, target, path)
}

/** A waypoint for workloads goes on in a tunnel where the workload takes one (AMB-24). */
const toVeryWorkload = ({ server }: NetworkPath): Sent =>
  server?.takesHbone === true
    ? { ...mutual('the server takes tunnels, and the waypoint wraps it', []), tunnel: 'PLAIN' }
    : plaintext('a waypoint sends plaintext to what takes no tunnels', [])

/** Each endpoint for itself; a gateway on the way is asked for by the endpoint that it stands for. */
function transportTo(view: ControlPlaneView, target: RouteTarget, path: NetworkPath): Sent {
  const endpoint = path.passage?.entry ?? path.endpoint
  const capability = isMutualTlsCapable(view, target.rule, target.service, target.port, target.subset, endpoint)
  const looks = path.passage === undefined ? looksOf(view, endpoint) : noLooks
  return capability.capable ? mutual(advertised(view), [], looks) : plaintext(capability.message, capability.because, looks)
}

/** What a proxy sends to an upstream cluster, whichever endpoint it chooses; or that each endpoint decides (TLS-5 … TLS-8). */
export function transportToAll(client: Client, view: ControlPlaneView, target: RouteTarget): Sent | 'BY_ENDPOINT' {
  const tls = target.rule?.transportTls(target.port.number, target.subset)
  if (tls !== undefined) return ruledTransport(client, target, tls)
  if (client.workload.dataPlane === 'PROXYLESS')
    return plaintext('a proxyless client needs a DestinationRule to use mutual TLS', [client.workload.ref])
  return automaticTransport(client, view, target)
}

const sending =
  (protocol: Sent['protocol']) =>
  (message: string, because: readonly ResourceRef[], lookedAt = noLooks): Sent => ({ protocol, message, because, lookedAt })
const plaintext = sending('PLAINTEXT')
const mutual = sending('ISTIO_MUTUAL')
const otherTls = sending('OTHER_TLS')

/** TLS that a DestinationRule originates goes inside of the tunnel, whose other end hands it on to the application; nothing else of it counts (AMB-32). */
function tunnelled(target: RouteTarget): Sent {
  const tls = target.rule?.transportTls(target.port.number, target.subset)
  const isOwn = tls?.mode === 'SIMPLE' || tls?.mode === 'MUTUAL'
  const message = 'the server takes tunnels, and the proxy wraps it'
  return { ...mutual(message, isOwn ? (target.rule?.because ?? []) : []), tunnel: isOwn ? 'WITH_TLS' : 'PLAIN' }
}

/** A waypoint goes on to what it stands in front of in tunnels, else as it is: there is no classic mutual TLS, and only TLS of a rule's own (AMB-50, AMB-51). */
function byWaypoint(target: RouteTarget): Sent {
  const tls = target.rule?.transportTls(target.port.number, target.subset)
  if (tls?.mode === 'SIMPLE' || tls?.mode === 'MUTUAL')
    return otherTls(`the DestinationRule sets TLS mode \`${tls.mode}\``, target.rule?.because ?? [])
  return plaintext('a waypoint sends plaintext to what takes no tunnels', [])
}

const standsInFront = ({ workload }: Client, view: ControlPlaneView, { service }: RouteTarget): boolean =>
  serviceBinding(view, service).bound.some(
    ({ waypoint: { gateway } }) =>
      gateway.meta.namespace === workload.namespace && gateway.meta.name === workload.labels['gateway.networking.k8s.io/gateway-name'],
  )

function byZtunnel(view: ControlPlaneView, path: NetworkPath): Sent {
  const why = whyWrapped(view, path)
  return why === undefined ? plaintext('ztunnel tunnels only to what takes tunnels', []) : { ...mutual(why, []), tunnel: 'PLAIN' }
}

function ruledTransport(client: Client, target: RouteTarget, tls: ClientTls): Sent {
  const { because, name } = whereTls(target.rule, tls, target.subset)
  if (tls.mode === 'ISTIO_MUTUAL') return mutual(`${name} sets TLS mode \`ISTIO_MUTUAL\``, because)
  if (tls.mode === 'DISABLE') return plaintext(`${name} sets TLS mode \`DISABLE\``, because)
  if (client.workload.dataPlane === 'PROXYLESS') return plaintext('a proxyless client knows only TLS mode `ISTIO_MUTUAL`', because)
  if (client.workload.dataPlane !== 'GATEWAY' && ignoresCredential(target, tls)) {
    return plaintext('a sidecar ignores TLS with `credentialName` in a DestinationRule without `workloadSelector`', because)
  }
  return otherTls(`${name} sets TLS mode \`${tls.mode}\``, because)
}

const ignoresCredential = (target: RouteTarget, tls: ClientTls): boolean =>
  tls.credentialName !== undefined &&
  !tls.credentialName.startsWith('configmap://') &&
  !(target.rule?.rules.some((rule) => rule.workloadSelector !== undefined) ?? false)

function automaticTransport(client: Client, view: ControlPlaneView, target: RouteTarget): Sent | 'BY_ENDPOINT' {
  const { service } = target
  if (service.meshExternal) return plaintext('the service is `MESH_EXTERNAL`', [service.ref])
  const { meshConfig } = view.controlPlane
  if (!meshConfig.enableAutoMtls) return plaintext('automatic mutual TLS is off in MeshConfig', meshConfig.because)
  if (asksAllEndpoints(target)) {
    const all = allOrNothing(view, target)
    if (all.protocol === 'PLAINTEXT') return all
  }
  const broad = namespaceMutualTlsMode(view, service.namespace)
  if (broad.mode === 'DISABLE') return plaintext(`PeerAuthentication disables it for namespace \`${service.namespace}\``, broad.because)
  // A gateway uses endpoint discovery for headless services too, so that the choice per endpoint follows (TLS-6).
  return keepsOriginalAddress(client, target) ? mutual('every endpoint of the service advertises it', []) : 'BY_ENDPOINT'
}

/** Without mutual TLS the endpoint itself is why; PeerAuthentications may select endpoints by where they stand (MODEL-34, TLS-6). */
const looksOf = (view: ControlPlaneView, { tlsMode }: Endpoint): readonly Look[] =>
  tlsMode !== 'istio' ? itself : selectsByPlace(view) ? place : noLooks

const itself: readonly Look[] = ['SERVER_ITSELF']
const place: readonly Look[] = ['SERVER_PLACE']

/** By what its own control plane knows: the server's may think otherwise (TLS-4). */
const advertised = ({ controlPlane }: ControlPlaneView): string =>
  `the endpoint advertises it, and control plane \`${controlPlane.name}\` sees nothing against it`

/**
 * Does a single endpoint without mutual TLS decide for all? A service that keeps the original address does so; of load balancer PASSTHROUGH only what
 * the rule's own level, or for a subset the subset's own, says is looked at: settings by port, and for a subset the rule's, are not (TLS-6).
 */
const asksAllEndpoints = ({ service, rule, subset }: RouteTarget): boolean =>
  service.resolution === 'PASSTHROUGH' || rule?.ownLoadBalancer(subset)?.simple === 'PASSTHROUGH'

/** One transport for all pods: a single endpoint without mutual TLS, in any visible cluster, turns it off for all. */
function allOrNothing(view: ControlPlaneView, target: RouteTarget): Sent {
  const endpoints = endpointsByNumber(view, target.service, target.port.number)
  if (endpoints.length === 0) return plaintext('no endpoint of the service is known', [target.service.ref])
  const naked = endpoints.find((endpoint) => endpoint.tlsMode === 'disabled')
  if (naked === undefined) return mutual('every endpoint of the service advertises it', [])
  return plaintext(`endpoint \`${naked.address}\` of the service takes no mutual TLS, which decides for all of them`, naked.because)
}
