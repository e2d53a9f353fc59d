/**
 * An endpoint behind a gateway may itself be an address: of an instance, of a Service, or of the next gateway that hands the same TLS on.
 *
 * That is how an egress gateway between control planes passes a call to the ingress gateway of the other mesh. Rules DNS-30, DNS-31, NET-32, NET-35.
 */
import { flatMap } from '../../../flat-map.js'
import type { ReasonCode } from '../../../model/reasons.js'
import type { ResourceRef } from '../../../model/resource-ref.js'
import type { Assumption } from '../../../model/step.js'
import type { Workload } from '../../../snapshot/workloads/workload.js'
import { type Arrival, arriveAt, standingFor } from '../../packets/arrive-at.js'
import { type Behind, lookBehind } from './look-behind.js'
import { assumedPlace, type GatewayPlace, placeBehind } from './gateway-place.js'
import { passthroughServers } from './passthrough-servers.js'
import type { SentName } from './asked-by-sni.js'
import type { GatewayLeg } from '../../call/stage-values.js'
import type { Endpoint } from '../../../istiod/endpoints/endpoint.js'

export interface Further {
  readonly endpoints: readonly Endpoint[]
  /** Gateways in between, for endpoints that are behind some. */
  readonly legs: ReadonlyMap<Endpoint, readonly GatewayLeg[]>
  readonly refusals: readonly NonNullable<Behind['refusal']>[]
  /** What further gateways do, as ends of a sentence. */
  readonly steps: readonly string[]
  readonly because: readonly ResourceRef[]
  readonly assumptions: readonly Assumption[]
}

const mostGateways = 3

/** Every endpoint behind the gateway, followed to an instance; who stands at an address that nobody here holds is a missing input. */
export function goFurther(place: GatewayPlace, asked: SentName, behind: Behind, passed = 1): Further {
  const parts = behind.endpoints.map((endpoint) =>
    endpoint.workload === undefined ? follow(place, asked, endpoint, passed) : arrivedAt(standing(place, endpoint, endpoint.workload)),
  )
  return {
    endpoints: flatMap(parts, ({ endpoints }) => endpoints),
    legs: new Map(flatMap(parts, ({ legs }) => [...legs])),
    refusals: flatMap(parts, ({ refusals }) => refusals),
    steps: [...new Set(flatMap(parts, ({ steps }) => steps))],
    because: [...behind.because, ...flatMap(parts, ({ because }) => because)],
    assumptions: [...behind.assumptions, ...flatMap(parts, ({ assumptions }) => assumptions)],
  }
}

const arrivedAt = (...endpoints: readonly Endpoint[]): Further => ({
  endpoints,
  legs: new Map(),
  refusals: [],
  steps: [],
  because: [],
  assumptions: [],
})

/** The endpoint with whom its packets meet. */
function standing({ view, proxy }: GatewayPlace, endpoint: Endpoint, known: Workload): Endpoint {
  const workload = standingFor(view.snapshot, proxy, known)
  return workload === known ? endpoint : { ...endpoint, workload }
}

function follow(place: GatewayPlace, asked: SentName, endpoint: Endpoint, passed: number): Further {
  const { snapshot } = place.view
  const arrival = arriveAt(snapshot, place.proxy, endpoint.address, endpoint.port)
  const next = nextGateway(place, arrival, endpoint)
  if (next !== undefined) return throughNext(next, asked, endpoint, passed)
  if (arrival.kind === 'INSTANCE') return arrivedAt({ ...endpoint, workload: arrival.workload })
  if (arrival.kind === 'SERVICE') {
    return arrivedAt(...arrival.endpoints.map(({ workload, port }) => ({ ...endpoint, workload, port })))
  }
  if (arrival.kind === 'NOT_ROUTED' || arrival.kind === 'NOT_LISTENING' || arrival.kind === 'NOT_RESOLVED')
    return refused('GATEWAY_NO_ENDPOINTS', arrival.message, arrival.because)
  if (arrival.kind === 'NAME_UNKNOWN') return refused('INPUT_MISSING', arrival.message, endpoint.because)
  const at = `\`${endpoint.address}:${endpoint.port}\``
  return refused(
    'INPUT_MISSING',
    `gateway \`${place.proxy.name}\` hands the call on to ${at}, and nothing says who stands there`,
    endpoint.because,
  )
}

const refused = (reason: ReasonCode, message: string, because: readonly ResourceRef[]): Further => ({
  ...arrivedAt(),
  refusals: [{ reason, message, because }],
})

function nextGateway({ view }: GatewayPlace, arrival: Arrival, { address, port }: Endpoint): GatewayPlace | undefined {
  if (arrival.kind === 'STATED' && arrival.cluster !== undefined)
    return assumedPlace(view.snapshot, { cluster: arrival.cluster, port, address })
  const place = arrival.kind === 'SERVICE' ? placeBehind(view.snapshot, arrival) : undefined
  return place !== undefined && passthroughServers(place).length > 0 ? place : undefined
}

function throughNext(next: GatewayPlace, asked: SentName, { address, port }: Endpoint, passed: number): Further {
  const behind = passed < mostGateways ? lookBehind(next, asked) : undefined
  const refusal = behind === undefined ? tooMany(next) : behind.refusal
  const before = { because: next.because, assumptions: [...next.assumptions, ...(behind?.assumptions ?? [])] }
  if (behind === undefined || refusal !== undefined) return { ...arrivedAt(), ...before, refusals: refusal === undefined ? [] : [refusal] }
  const further = goFurther(next, asked, behind, passed + 1)
  const leg: GatewayLeg = { proxy: next.proxy, port: next.port, dialled: { address, port } }
  const step = `and from there gateway \`${next.proxy.name}\` of \`${next.cluster.name}\` does`
  return {
    ...further,
    legs: new Map(further.endpoints.map((endpoint) => [endpoint, [leg, ...(further.legs.get(endpoint) ?? [])]])),
    steps: [step, ...further.steps],
    because: [...next.because, ...further.because],
    assumptions: [...next.assumptions, ...further.assumptions],
  }
}

const tooMany = ({ proxy }: GatewayPlace): NonNullable<Behind['refusal']> => ({
  reason: 'GATEWAY_NO_ENDPOINTS',
  message: 'the gateways hand the call on to one another without an end',
  because: [proxy.ref],
})
