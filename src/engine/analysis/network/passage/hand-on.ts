/**
 * A gateway is there and takes TLS by server name: does it know whom the client asks for, and to whom does it hand the connection on?
 *
 * Without mutual TLS there is no server name to look at, and where the name is known the transport stage says what becomes of the connection.
 * Rules NET-8, NET-30 … NET-35.
 */
import type { ReasonCode } from '../../../model/reasons.js'
import type { Assumption, NearMiss } from '../../../model/step.js'
import type { NetworkGateway } from '../../../snapshot/networks/network-gateway.js'
import type { Approach, Paths } from './approach.js'
import { type Behind, lookBehind } from './look-behind.js'
import { goFurther } from './go-further.js'
import { nearGateways } from '../../near/near-gateways.js'
import { nearSubsets } from '../../near/near-subsets.js'
import { clientTransport } from '../../transport/client-transport.js'
import { condition } from '../../call/condition.js'
import { goOn, stop, undetermined } from '../../call/outcome.js'
import type { GatewayPlace } from './gateway-place.js'
import { ipFamily } from '../../../istiod/matching/ip-family.js'
import { askedBySni, ownName, type SentName, sentName } from './asked-by-sni.js'
import { serverName } from '../../call/target-key.js'
import { type GatewayLeg, leadingTo, type NetworkPath, type RouteTarget, type Transported } from '../../call/stage-values.js'
import type { Endpoint } from '../../../istiod/endpoints/endpoint.js'

/** One path for each endpoint behind the gateway. */
export function handOn(approach: Approach, place: GatewayPlace): Paths {
  const { client, target, path } = approach
  const gateway = approach.gateway ?? gatewayAt(path, place)
  const entry = path.passage?.entry ?? path.endpoint
  const through = leadingTo(path, { ...path, passage: { gateway, entry, proxy: place.proxy, proxyPort: place.port, further: [] } })
  const where = `gateway \`${gateway.address}:${gateway.port}\` of \`${place.cluster.name}\``
  const assumptions = [...place.assumptions, ...addressAssumptions(gateway)]
  const sent = clientTransport(client, target, through)
  const arrived = { reason: 'VIA_GATEWAY' as const, message: `the call arrives at ${where}`, because: gateway.because }
  if (target === undefined) return goOn('NETWORK', [through], arrived, { assumptions })
  const mutual = sent === undefined || sent.protocol === 'ISTIO_MUTUAL'
  const asked = nameFor(target, sent?.protocol ?? 'ISTIO_MUTUAL')
  if (asked === undefined) return foreignName(target, gateway, where, assumptions)
  const behind = lookBehind(place, asked)
  // A gateway that would not know the name either way is the earlier fault: mutual TLS alone would not mend the call.
  if (!mutual && behind.refusal === undefined) return goOn('NETWORK', [through], arrived, { assumptions })
  return concludeBehind(place, { through, behind: blaming(behind, asked, target), where, asked }, assumptions)
}

/** The name by which the gateway is asked; undefined: mutual TLS under a name of no service. TLS of another kind names one, or is refused for what it is. */
function nameFor(target: RouteTarget, protocol: Transported['protocol']): SentName | undefined {
  const sent = sentName(target)
  if (protocol === 'PLAINTEXT' || sent.sni === serverName(target)) return ownName(target)
  if (askedBySni(sent.sni) !== undefined) return sent
  return protocol === 'ISTIO_MUTUAL' ? undefined : ownName(target)
}

/** A refusal of a server name that is not the service's own is the fault of whoever sets it (NET-33). */
function blaming(behind: Behind, { sni }: SentName, target: RouteTarget): Behind {
  const { refusal } = behind
  const { rule } = target
  if (refusal === undefined || rule === undefined || sni === serverName(target)) return behind
  const [setter] = rule.because
  const who = setter === undefined ? 'the DestinationRule' : `DestinationRule \`${setter.namespace}/${setter.name}\``
  const message = `${refusal.message}; it is asked by the SNI \`${sni}\`, which ${who} sets`
  return { ...behind, refusal: { ...refusal, message, because: [...rule.because, ...refusal.because] } }
}

/** A server name that names no service is unknown to every gateway (NET-33). */
function foreignName(target: RouteTarget, gateway: NetworkGateway, where: string, assumptions: readonly Assumption[]): Paths {
  const sni = target.rule?.transportTls(target.port.number, target.subset)?.sni ?? ''
  const message = `the DestinationRule sets SNI \`${sni}\`, and ${where} knows the service as \`${serverName(target)}\``
  const because = [...(target.rule?.because ?? []), ...gateway.because]
  return stop('NETWORK', { reason: 'GATEWAY_UNKNOWN_SNI', message, because }, assumptions)
}

interface HandedOn {
  readonly through: NetworkPath
  readonly behind: Behind
  readonly where: string
  readonly asked: SentName
}

function nearlyHandingOn(place: GatewayPlace, { sni }: SentName, reason: ReasonCode): readonly NearMiss[] {
  const hostname = askedBySni(sni)?.hostname ?? ''
  const subsets = reason === 'GATEWAY_SUBSET_MISSING' ? nearSubsets(place, hostname) : []
  return [...subsets, ...nearGateways({ ...place, hostname, ports: [place.port], handedOn: true })]
}

function concludeBehind(place: GatewayPlace, { through, behind, where, asked }: HandedOn, before: readonly Assumption[]): Paths {
  const entrance = through.passage?.gateway.because ?? []
  const further = goFurther(place, asked, behind)
  const assumptions = [...before, ...further.assumptions]
  const refusal = behind.refusal ?? (further.endpoints.length === 0 ? further.refusals[0] : undefined)
  if (refusal?.reason === 'INPUT_MISSING') return undetermined('NETWORK', refusal.message, [...refusal.because, ...entrance], assumptions)
  if (refusal !== undefined)
    return stop(
      'NETWORK',
      { ...refusal, because: [...refusal.because, ...entrance], near: () => nearlyHandingOn(place, asked, refusal.reason) },
      assumptions,
    )
  const paths = further.endpoints.map((endpoint) => behindLegs(through, endpoint, further.legs.get(endpoint)))
  const message = [`${where} hands the call on by its SNI \`${asked.sni}\``, ...further.steps].join(', ')
  const because = [...entrance, ...further.because]
  const conditions = [
    ...behind.beyond.map((endpoint) => outOfReach(where, endpoint)),
    ...further.refusals.map((one) => refusedBeyond(where, one)),
  ]
  return goOn('NETWORK', paths, { reason: 'VIA_GATEWAY', message, because }, { assumptions, conditions })
}

const behindLegs = (through: NetworkPath, endpoint: Endpoint, legs: readonly GatewayLeg[] | undefined): NetworkPath => {
  const passage = legs === undefined || through.passage === undefined ? through.passage : { ...through.passage, further: legs }
  return leadingTo(through, { endpoint, passage, server: endpoint.workload, serverPort: endpoint.port })
}

const outOfReach = (where: string, { address, cluster, because }: Endpoint) =>
  condition('BEYOND_GATEWAY_UNROUTED', `${where} may choose \`${address}\` in \`${cluster}\`, to which its network does not route`, [
    ...because,
  ])

const refusedBeyond = (where: string, { message, because }: NonNullable<Behind['refusal']>) =>
  condition('BEYOND_GATEWAY_REFUSED', `${where} may choose an endpoint that does not lead on, as ${message}`, [...because])

const gatewayAt = (path: NetworkPath, place: GatewayPlace): NetworkGateway => ({
  network: place.cluster.network.value ?? '',
  cluster: place.cluster.name,
  address: path.dialled.address,
  port: path.dialled.port,
  because: place.because,
  service: undefined,
  assumed: false,
})

export function addressAssumptions(gateway: NetworkGateway): readonly Assumption[] {
  const because = [...gateway.because]
  if (gateway.assumed) {
    const message = `a LoadBalancer Service without status is taken to get an address (\`${gateway.address}\`)`
    return [{ code: 'GATEWAY_ADDRESS_ASSUMED', message, because }]
  }
  if (ipFamily(gateway.address) !== undefined) return []
  return [
    { code: 'GATEWAY_ADDRESS_BY_NAME', message: `the gateway's address \`${gateway.address}\` is a name and is taken to resolve`, because },
  ]
}
