/**
 * Where does a gateway hand a connection on that asks for this service by SNI?
 *
 * The gateway answers from its own control plane's view: its Gateway objects, what is exported to its namespace, its DestinationRules for subsets,
 * its endpoints. The server name must agree to the port number. Rules NET-30 … NET-36, VIS-5, EDS-28, DNS-30, DNS-32.
 */
import { filtersByTlsLabel } from '../../../snapshot/releases.js'
import type { ReasonCode } from '../../../model/reasons.js'
import type { ResourceRef } from '../../../model/resource-ref.js'
import type { Assumption } from '../../../model/step.js'
import type { MeshPort, MeshService } from '../../../snapshot/services/mesh-service.js'
import type { Snapshot } from '../../../snapshot/snapshot.js'
import type { Workload } from '../../../snapshot/workloads/workload.js'
import { effectiveRule } from '../../../istiod/destination-rules/effective-rule.js'
import { filterEndpoints } from '../../discovery/filter-endpoints.js'
import { leftOutEndpoints } from '../../discovery/unseen-endpoints.js'
import { endpointsOf } from '../../../istiod/endpoints/endpoints-of.js'
import { isFor } from '../../../snapshot/services/audience.js'
import type { GatewayPlace } from './gateway-place.js'
import { covers } from '../../../snapshot/covers.js'
import { isMutualTlsCapable } from '../../../istiod/inbound/is-mutual-tls-capable.js'
import { nameAtGateway, type NameAtGateway } from './name-at-gateway.js'
import { translateAll } from '../translate-network.js'
import { passthroughServers } from './passthrough-servers.js'
import { reachesDirectly } from '../../packets/physical-network.js'
import { type AskedBySni, askedBySni, type SentName } from './asked-by-sni.js'
import { isFederated } from './exported-service.js'
import type { RouteTarget } from '../../call/stage-values.js'
import type { Endpoint } from '../../../istiod/endpoints/endpoint.js'
import { remembered } from '../../../remembered.js'
import { subsetNamed } from '../../../istiod/destination-rules/subset-named.js'

export interface Behind {
  readonly endpoints: readonly Endpoint[]
  /** Endpoints it may choose although packets do not get there. */
  readonly beyond: readonly Endpoint[]
  /** Set instead of endpoints: why the gateway does not hand the connection on. */
  readonly refusal?: {
    readonly reason: ReasonCode
    readonly message: string
    readonly because: readonly ResourceRef[]
    /** The client's own record of the service is the other half of the evidence. */
    readonly unlikeClients?: true
  }
  readonly because: readonly ResourceRef[]
  readonly assumptions: readonly Assumption[]
}

/** What stands behind the gateway for the server name, as the gateway's own control plane sees it. */
export function lookBehind(place: GatewayPlace, { service, sni }: SentName): Behind {
  const behind = isFederated(service) ? federated(place, sni, service) : named(place, sni)
  const { refusal } = behind
  return refusal?.unlikeClients === true ? { ...behind, refusal: { ...refusal, because: [...refusal.because, service.ref] } } : behind
}

/** Gateways look at the name alone, whoever sends it. */
const named = remembered((place: GatewayPlace, sni: string): Behind => resolve(place, sni, undefined))

/** But for what a stated federation arranges for the service that its client calls. */
const federated = remembered((place: GatewayPlace, sni: string, service: MeshService): Behind => resolve(place, sni, service))

const refuse = (reason: ReasonCode, message: string, because: readonly ResourceRef[], assumptions: readonly Assumption[] = []): Behind => ({
  endpoints: [],
  beyond: [],
  refusal: { reason, message, because },
  because: [],
  assumptions,
})

function resolve(place: GatewayPlace, sni: string, imported: MeshService | undefined): Behind {
  const { view, proxy } = place
  const target = askedBySni(sni)
  if (target === undefined) return refuse('GATEWAY_UNKNOWN_SNI', `the DestinationRule sets SNI \`${sni}\`, which names no service`, [])
  const known = nameAtGateway(place, target.hostname, imported)
  const servers = passthroughServers(place)
  const gateway = `gateway \`${proxy.name}\` of \`${place.cluster.name}\``
  if (servers.length === 0 && !known.offered) {
    const message = `no Gateway of control plane \`${view.controlPlane.name}\` gives ${gateway} an \`AUTO_PASSTHROUGH\` server on port ${place.port}; add one`
    return refuse('GATEWAY_SERVER_MISSING', message, [...place.because, proxy.ref])
  }
  const { hostname } = target
  const exposing = servers.filter(({ hosts }) => hosts.some((host) => covers(host, hostname)))
  if (exposing.length === 0 && !known.offered) {
    const hosts = servers.flatMap((server) => server.hosts).join('`, `')
    const message = `${gateway} hands on \`${hosts}\`, which does not cover \`${hostname}\``
    return refuse('GATEWAY_HOST_NOT_EXPOSED', message, [...servers.map(({ ref }) => ref), ...place.because])
  }
  return findService(place, target, { ...known, gateway, because: exposing.map(({ ref }) => ref) })
}

interface Offer extends NameAtGateway {
  readonly gateway: string
  readonly because: readonly ResourceRef[]
}

/** The service as the gateway knows it: visible in its namespace, of this mesh, with the very port number. */
function findService(place: GatewayPlace, target: AskedBySni, offer: Offer): Behind {
  const { view, proxy } = place
  const { hostname, gateway, because, assumptions } = offer
  const records = view.servicesByHost(hostname)
  const visible = records.filter((service) => offer.offered || isFor(service.exportTo, proxy.namespace))
  const service = visible.find(({ registry }) => registry === 'KUBERNETES') ?? visible[0]
  const asked = `\`${target.sni}\``
  if (service === undefined) {
    const hidden = records.map(({ ref }) => ref)
    const message =
      records.length > 0
        ? `${gateway} does not know ${asked}, as \`${hostname}\` is not exported to its namespace \`${proxy.namespace}\``
        : `${gateway} does not know ${asked}, as control plane \`${view.controlPlane.name}\` has no service \`${hostname}\``
    return refuse('GATEWAY_UNKNOWN_SNI', message, [...hidden, ...because], assumptions)
  }
  if (service.meshExternal) {
    const message = `${gateway} does not hand on \`${hostname}\`, which is \`MESH_EXTERNAL\` there`
    return refuse('GATEWAY_UNKNOWN_SNI', message, [service.ref, ...because], assumptions)
  }
  const port = service.ports.find(({ number, protocol }) => number === target.port && protocol !== 'UDP')
  if (port === undefined) {
    const numbers = service.ports.map(({ number }) => number).join(', ')
    const message = `${gateway} does not know ${asked}, as there the ports of \`${hostname}\` are ${numbers}, and the number must be the same on both sides`
    const refused = refuse('GATEWAY_UNKNOWN_SNI', message, [service.ref, ...because], assumptions)
    return refused.refusal === undefined ? refused : { ...refused, refusal: { ...refused.refusal, unlikeClients: true } }
  }
  return endpointsBehind(place, target, { service, port, gateway, because, assumptions })
}

interface KnownAtGateway {
  readonly service: MeshService
  readonly port: MeshPort
  readonly gateway: string
  readonly because: readonly ResourceRef[]
  readonly assumptions: readonly Assumption[]
}

function endpointsBehind(place: GatewayPlace, asked: AskedBySni, known: KnownAtGateway): Behind {
  const { view, proxy, cluster } = place
  const { service, port, gateway, assumptions } = known
  const rule = effectiveRule(view, proxy.namespace, proxy.labels, service)
  if (asked.subset !== '' && subsetNamed(rule, asked.subset) === undefined) {
    const message = `${gateway} sees no DestinationRule that defines subset \`${asked.subset}\` of \`${service.hostname}\``
    return refuse('GATEWAY_SUBSET_MISSING', message, [...(rule?.because ?? []), service.ref, ...known.because], assumptions)
  }
  const { subset } = asked
  const target: RouteTarget = {
    service,
    port,
    subset,
    share: 1,
    rule,
    because: [],
    carries: 'AS_SPOKEN',
    request: undefined,
    waypoint: undefined,
  }
  const client = { snapshot: view.snapshot, workload: proxy, cluster, view }
  const { left, dropped } = filterEndpoints({ client, view, target }, endpointsOf(view, service, port))
  // Before 1.3 there was neither the label nor the filter: what has a sidecar takes mutual TLS,
  // and a bare address is another gateway's.
  const capable = left.filter((endpoint) =>
    filtersByTlsLabel(view.controlPlane)
      ? isMutualTlsCapable(view, rule, service, port, asked.subset, endpoint).capable
      : endpoint.workload === undefined || endpoint.workload.dataPlane === 'SIDECAR',
  )
  const { outcome } = translateAll(view, proxy, target, capable)
  const paths = outcome.passed ? outcome.value : []
  const dialled = paths.flatMap((path) => (path.passage === undefined ? [path.endpoint] : []))
  const endpoints = dialled.filter((endpoint) => arrives(view.snapshot, proxy, endpoint))
  if (endpoints.length > 0) {
    const beyond = dialled.filter((endpoint) => !endpoints.includes(endpoint))
    const hops = dialled.length < paths.length ? [extraHop(gateway, service)] : []
    return { endpoints, beyond, because: [...known.because, service.ref], assumptions: [...assumptions, ...hops] }
  }
  const emptied = { left, capable, dialled, dropped: dropped[0]?.message, plane: view.controlPlane.name }
  return noneBehind(place, target, known, emptied)
}

function noneBehind({ view, proxy }: GatewayPlace, target: RouteTarget, known: KnownAtGateway, emptied: Emptied): Behind {
  const { service, port, gateway, assumptions } = known
  const leftOut = emptied.left.length === 0 && emptied.dropped === undefined ? leftOutEndpoints(view, target) : undefined
  const why = leftOut?.message ?? whyNone(proxy, emptied)
  const message = `${gateway} has no endpoint of \`${service.hostname}:${port.number}\` to hand on to, as ${why}`
  return refuse('GATEWAY_NO_ENDPOINTS', message, [...(leftOut?.because ?? []), service.ref, ...known.because], assumptions)
}

const arrives = (snapshot: Snapshot, proxy: Workload, { workload }: Endpoint): boolean =>
  workload === undefined || reachesDirectly(snapshot, proxy, workload)

/** A gateway without a network view also sends calls to other networks' gateways (NET-36). */
const extraHop = (gateway: string, service: MeshService): Assumption => ({
  code: 'GATEWAY_EXTRA_HOP_NOT_FOLLOWED',
  message: `${gateway} asks for endpoints of every network and hands some calls to another network's gateway, which was not followed`,
  because: [service.ref],
})

interface Emptied {
  readonly left: readonly Endpoint[]
  readonly capable: readonly Endpoint[]
  readonly dialled: readonly Endpoint[]
  readonly dropped: string | undefined
  readonly plane: string
}

function whyNone(proxy: Workload, { left, capable, dialled, dropped, plane }: Emptied): string {
  if (left.length === 0) return dropped ?? `control plane \`${plane}\` has none`
  if (capable.length === 0) return 'none of them takes mutual TLS in the eyes of the gateway'
  if (dialled.length > 0) return 'its network does not route to any of them'
  const local = capable.every((endpoint) => endpoint.cluster === proxy.cluster)
  return local && proxy.proxyNetwork === ''
    ? 'its proxy states no network (`ISTIO_META_NETWORK`) and so takes those of its own cluster for foreign'
    : 'they are on other networks'
}
