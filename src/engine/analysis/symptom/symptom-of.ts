/**
 * What does the application that calls get to see of a call that does not arrive?
 *
 * Its own proxy answers requests in the server's place, and connections that are no requests are closed. Nothing is said where callers, ports or endpoints
 * differ, where a gateway answers, and where Istio's rules do not tell. Rules FLOW-5, ROUTE-3, ROUTE-5, GWAPI-47, EDS-27, TLS-2, AUTHZ-25, AMB-29.
 */
import { inboundProtocol } from '../../istiod/inbound/inbound-protocol.js'
import { isProblem } from '../../model/app-error.js'
import type { ReachabilityQuestion } from '../../model/question.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { DataPlane, Workload } from '../../snapshot/workloads/workload.js'
import type { ListedEndpoint } from '../answer/listed-endpoint.js'
import type { Trace } from '../answer/trace.js'
import type { Client } from '../call/call.js'
import { askedBy, callOf } from '../call/call-of.js'
import { resolveSource } from '../caller/resolve-source.js'
import { followToRoute } from '../follow-to-route.js'
import type { PortRoute } from '../port-route.js'
import { type Seen, symptoms } from './symptoms.js'

export function symptomOf(snapshot: Snapshot, question: ReachabilityQuestion, trace: Trace, at: number): string | null {
  const { from, to } = question
  const tell = symptoms[trace.reason]
  if (trace.verdict !== 'UNREACHABLE' || tell === undefined || from.outside === true || from.gateway) return null
  const source = resolveSource(snapshot, from)
  const clients = isProblem(source) ? [] : source.clients
  const asked = askedBy(question, at)
  const all = clients.slice(0, mostCallers).map((client) => {
    const { dataPlane } = client.workload
    const ports = followToRoute(callOf(client, asked), to.port ?? undefined).ports
    const [only] = ports.length === 1 ? ports : []
    const isMeshed = only?.outcome.passed === true ? only.outcome.value.mode === 'MESH' : true
    const seen = { isHttp: only && takesRequests(client, only), isMeshed, ...behind(dataPlane) }
    const servers = serversOf(snapshot, trace, seen.isHttp)
    return servers.map((server) => tell({ ...seen, ...server, by: trace.decidedBy?.because ?? [] }))
  })
  const [told, ...others] = new Set(clients.length > mostCallers ? [] : all.flat())
  return told === undefined || others.length > 0 ? null : told
}

/** Does the caller's proxy take what is sent for requests, by what the port declares or by the bytes (ROUTE-10)? Undefined: nothing says. */
function takesRequests({ view }: Client, { outcome, named, port, call }: PortRoute): boolean | undefined {
  const known = view?.servicesByHost(named.hostname)[0]?.ports.find(({ number }) => number === port)?.protocol
  const declared = outcome.passed ? outcome.value.protocol : known
  if (declared !== 'AUTO') return declared === undefined ? undefined : declared === 'HTTP'
  const { protocol: spoken } = call.attributes
  return spoken === undefined ? undefined : spoken === 'HTTP'
}

/** More are not asked for one by one: they seldom see the same. */
const mostCallers = 5

const behind = (dataPlane: DataPlane): Pick<Seen, 'caller'> => ({
  caller: dataPlane === 'SIDECAR' || dataPlane === 'AMBIENT' || dataPlane === 'NONE' ? dataPlane : 'OTHER',
})

type AtServer = Pick<Seen, 'judge'>

/** Who judges at the endpoints that the call would go to; one that is nobody's where it gets to none. */
function serversOf(snapshot: Snapshot, { endpoints, reason }: Trace, isHttp: boolean | undefined): readonly AtServer[] {
  const failing = endpoints.filter(({ share, end }) => share > 0 && end.reason === reason)
  if (failing.some(({ end }) => end.ledOn)) return [{ judge: 'UNKNOWN' }]
  return failing.length === 0
    ? [{ judge: 'UNKNOWN' }]
    : failing.slice(0, mostEndpoints).map((one) => ({ judge: judgeAt(snapshot, one, isHttp) }))
}

const mostEndpoints = 100

/** Which form of its policies the server's proxy applies (AUTHZ-25). */
function judgeAt(snapshot: Snapshot, { path: { server, serverPort } }: ListedEndpoint, isHttp: boolean | undefined): Seen['judge'] {
  if (server?.dataPlane === 'AMBIENT') return 'ZTUNNEL'
  if (server?.dataPlane === 'WAYPOINT') return asSpoken(isHttp)
  const protocol = server?.dataPlane === 'SIDECAR' ? protocolAt(snapshot, server, serverPort) : undefined
  if (protocol === undefined) return 'UNKNOWN'
  if (protocol === 'AUTO') return asSpoken(isHttp)
  return protocol === 'HTTP' && isHttp !== false ? 'HTTP' : 'TCP'
}

const asSpoken = (isHttp: boolean | undefined): Seen['judge'] => (isHttp === undefined ? 'UNKNOWN' : isHttp ? 'HTTP' : 'TCP')

function protocolAt(snapshot: Snapshot, server: Workload, port: number): ReturnType<typeof inboundProtocol> | undefined {
  const cluster = snapshot.clusters.get(server.cluster)
  return cluster === undefined || server.controlPlane === undefined
    ? undefined
    : inboundProtocol(snapshot.view(server.controlPlane), cluster, server, port)
}
