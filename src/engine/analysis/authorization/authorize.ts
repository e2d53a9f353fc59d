/**
 * Do the server's authorization policies let the request pass?
 *
 * Only a proxy at the server enforces them, with the policies of its own control plane and the identity that mutual TLS proved: a policy stored
 * beside the client is inert, and a gateway that hands TLS on evaluates none. Rules AUTHZ-1 … AUTHZ-26, AUTHZ-30 … AUTHZ-33, AUTHZ-40, AMB-28, AMB-52, AMB-53, AMB-67.
 */
import { flatMap } from '../../flat-map.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Assumption } from '../../model/step.js'
import type { AuthorizationPolicy } from '../../resources/istio/authorization-policy.js'
import type { ClientTls } from '../../resources/istio/traffic-policy.js'
import { serviceBinding } from '../../istiod/ambient/binding.js'
import { inboundPort } from '../../istiod/inbound/inbound-protocol.js'
import { isAddress } from '../../istiod/matching/hosts.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { looksAtEntries } from '../../snapshot/releases.js'
import { isVisitor } from '../../snapshot/workloads/visitor.js'
import { modeKey } from '../../snapshot/workloads/enrolled.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { ResolvedCall } from '../call/call.js'
import { normalPath } from '../call/normal-path.js'

import { condition } from '../call/condition.js'
import { assuming, type Outcome, type Passed, goOn, lookingAt, nearing, passedWith, stop, undetermined } from '../call/outcome.js'
import { joinLooks } from '../call/look.js'
import { type At, chainsOf } from './chains-of.js'
import { decide, type Decision } from './decide.js'
import { meantForWaypoint } from './meant-for-waypoint.js'
import type { PolicyRequest } from './policy-request.js'
import { authorizeTunnel } from './authorize-tunnel.js'
import { addressesOf, callerAddresses } from './addresses-of.js'
import { addressesFor } from '../name/name-table.js'
import { identifiedBy } from './identified-by.js'
import { seenAs } from './seen-as.js'
import { selectedPolicies } from './selected-policies.js'
import { nearPolicies } from '../near/near-policies.js'
import { waypointPolicies } from './waypoint-policies.js'
import { serverName } from '../call/target-key.js'
import { checkToken, type PlacedJwtRule } from './check-token.js'
import { noToken, type TokenState } from './token-state.js'
import { headersPastToken } from './headers-past-token.js'
import { jwtRulesFor } from './jwt-rules-for.js'
import type { RouteTarget, Trusted } from '../call/stage-values.js'

const notEnforced = (trusted: Trusted, message: string): Outcome<Trusted> =>
  goOn('AUTHORIZATION', trusted, { reason: 'NOT_ENFORCED', message, because: [] }, { outcome: 'NOT_APPLICABLE' })

/** Evaluates the policies of the server's workload; `target` undefined: the connection came past the mesh. */
export function authorize(call: ResolvedCall, trusted: Trusted, target?: RouteTarget): Outcome<Trusted> {
  const { path, serverProxied } = trusted.transported
  const { server } = path
  if (server === undefined) return notEnforced(trusted, 'the server is no workload of the topology')
  if (!serverProxied) return notEnforced(trusted, 'no proxy at the server sees the request')
  const { snapshot } = call.client
  const view = server.controlPlane === undefined ? undefined : snapshot.view(server.controlPlane)
  if (view?.configCluster === undefined) {
    const whose = view === undefined ? `\`${server.name}\`` : `control plane \`${view.controlPlane.name}\``
    return undetermined('AUTHORIZATION', `the authorization policies of ${whose} are unknown`, [server.ref])
  }
  const at = { view, server, target }
  if (path.passage?.gateway.tunnel === undefined) return authorizeAtServer(call, trusted, at)
  const atGateway = authorizeTunnel(call, trusted)
  if (!atGateway.passed) return atGateway
  return andThen(atGateway, authorizeAtServer(call, trusted, at))
}

/** Both have to let it pass; what either leaves open is told. */
function andThen(first: Passed<Trusted>, second: Outcome<Trusted>): Outcome<Trusted> {
  const looks = joinLooks(first.lookedAt, second.lookedAt)
  if (first.conditions.length === 0 || !second.passed) return lookingAt(second, looks)
  const { step } = second.conditions.length > 0 ? second : first
  const said = { ...step, message: String(step.message) }
  const conditions = [...first.conditions, ...second.conditions]
  return lookingAt(goOn('AUTHORIZATION', second.value, said, { conditions, assumptions: second.assumptions }), looks)
}

function authorizeAtServer(call: ResolvedCall, trusted: Trusted, { view, server, target }: At): Outcome<Trusted> {
  const chains = chainsOf(call, trusted.transported, { view, server, target })
  const rules = chains.includes('HTTP') ? jwtRulesFor(view, server, target) : []
  const token = tokenAt(call, rules)
  if (token.kind === 'REFUSED') return refuseToken(token.message, rules)
  const decided = byPolicies(call, trusted, view, server, { chains, rules, token, sni: sniOf(call, trusted, target), target })
  const judged =
    call.client.workload.dataPlane === 'WAYPOINT'
      ? decided
      : unheeding(decided, view, server, meantForWaypoint(view, call.client.snapshot.clusters.get(server.cluster), server, target))
  return token.kind === 'TAKEN' ? assuming(judged, [signatureAssumed(rules)]) : judged
}

/** The same, telling of policies that are there and do not count, as the call does not come through the waypoint that they are for (AMB-24, AMB-42). */
function unheeding(
  outcome: Outcome<Trusted>,
  view: ControlPlaneView,
  server: Workload,
  policies: readonly AuthorizationPolicy[],
): Outcome<Trusted> {
  const [first] = policies
  if (first === undefined || !outcome.passed) return outcome
  const more = policies.length > 1 ? ` (and ${policies.length - 1} more)` : ''
  const { step } = outcome
  const message = `${String(step.message)}; AuthorizationPolicy \`${first.meta.namespace}/${first.meta.name}\`${more} is for a waypoint, and the call comes to \`${server.owner.name}\` past any`
  const because = [...step.because, ...policies.slice(0, 5).map(({ meta }) => view.ref(meta, 'spec.targetRefs'))]
  return passedWith({ ...step, message, because }, outcome.value, outcome.conditions, outcome.assumptions, outcome.lookedAt)
}

/** What the server's proxy makes of the token, unless a proxy on the way has kept it. */
function tokenAt({ attributes, at, token: read, client }: ResolvedCall, rules: readonly PlacedJwtRule[]): TokenState {
  const token = rules.length === 0 ? noToken : checkToken(rules, attributes, at)
  if (token.kind !== 'NONE' || read?.kind !== 'TAKEN' || read.rule.forwards) return token
  return { kind: 'NONE', keptBy: { proxy: client.workload.owner.name, ref: read.ref } }
}

/** Tokens are checked before the policies that look at them, and without any (AUTHZ-21). */
const refuseToken = (why: string, rules: readonly PlacedJwtRule[]): Outcome<never> =>
  stop('AUTHORIZATION', {
    reason: 'TOKEN_REFUSED',
    message: `RequestAuthentication refuses the token of the request, as ${why}`,
    because: rules.map(({ ref }) => ref),
  })

const signatureAssumed = (rules: readonly PlacedJwtRule[]): Assumption => ({
  code: 'TOKEN_SIGNATURE_ASSUMED',
  message: 'the signature of the token in the question is taken to be valid',
  because: rules.map(({ ref }) => ref),
})

/** What is known of the request at the server beside the question's own attributes. */
interface AtServer {
  readonly chains: readonly PolicyRequest['chain'][]
  readonly rules: readonly PlacedJwtRule[]
  readonly token: TokenState
  readonly sni: string | undefined
  readonly target: RouteTarget | undefined
}

function byPolicies(call: ResolvedCall, trusted: Trusted, view: ControlPlaneView, server: Workload, at: AtServer): Outcome<Trusted> {
  const { target } = at
  const policies = server.dataPlane === 'WAYPOINT' ? waypointPolicies(view, server, target?.service) : selectedPolicies(view, server)
  const [chain = 'TCP'] = at.chains
  const near = (isAllowed: boolean) => () => {
    const request = requestOf(call, trusted, view, server, at, chain)
    return nearPolicies({ view, server, callerNamespace: call.client.workload.namespace, policies, request, isAllowed })
  }
  if (policies.custom.length + policies.deny.length + policies.allow.length === 0) {
    const message = `no AuthorizationPolicy of control plane \`${view.controlPlane.name}\` applies to \`${server.owner.name}\``
    return nearing(goOn('AUTHORIZATION', trusted, { reason: 'NO_POLICY', message, because: [] }), near(true))
  }
  const decisions = at.chains.map((chain) => ({
    chain,
    decision: decide(view, policies, requestOf(call, trusted, view, server, at, chain), server),
  }))
  const concluded = conclude(trusted, decisions, seenAs(trusted, call.client.workload, server))
  return lookingAt(nearing(concluded, near(concluded.passed)), policies.lookedAt)
}

function requestOf(
  call: ResolvedCall,
  trusted: Trusted,
  view: ControlPlaneView,
  server: Workload,
  { rules, token, sni, target }: AtServer,
  chain: PolicyRequest['chain'],
): PolicyRequest {
  const { path } = trusted.transported
  // A waypoint takes what is for the service, at the service's own port and address (AMB-52).
  const fronted = server.dataPlane === 'WAYPOINT' ? target : undefined
  const { method, path: requestPath, authorities = [] } = call.attributes
  return {
    peer: trusted.peer,
    seen: seenAs(trusted, call.client.workload, server),
    identity: () => identifiedBy(call.client.snapshot, trusted, call.client.workload),
    chain,
    declarer: () => declarerOf(call, trusted, view, server),
    method,
    path: requestPath === undefined ? undefined : normalPath(requestPath, view.controlPlane.meshConfig.pathNormalization),
    ...headersSeen(view, headersPastToken(rules, token, call.attributes)),
    authorities,
    sni,
    port: fronted?.port.number ?? call.dialled?.port ?? path.serverPort,
    sourceAddresses: path.passage === undefined ? callerAddresses(call) : addressesOf(call, path.passage.proxy),
    destinationAddresses:
      fronted === undefined ? (call.dialled?.addresses ?? addressesOf(call, server)) : addressesFor(call.client, fronted.service),
    token,
    passedBy: waypointPassedBy(view, server, target),
  }
}

/** The entries of one header count one by one, or all as one (AUTHZ-22). */
const headersSeen = ({ controlPlane }: ControlPlaneView, headers: ReturnType<typeof headersPastToken>) =>
  looksAtEntries(controlPlane) ? headers : { ...headers, apart: undefined }

/** Who declares the port of a sidecar as none of HTTP (TLS-12, AUTHZ-24). */
function declarerOf(call: ResolvedCall, { transported: { path } }: Trusted, view: ControlPlaneView, server: Workload) {
  const cluster = call.client.snapshot.clusters.get(server.cluster)
  const port = server.dataPlane === 'SIDECAR' && cluster !== undefined ? inboundPort(view, cluster, server, path.serverPort) : undefined
  return port === undefined || port.protocol === 'HTTP' || port.protocol === 'AUTO' ? undefined : port.by
}

/** Of what ztunnel judges: why the waypoint that a label names has no say (AMB-42). */
function waypointPassedBy(view: ControlPlaneView, server: Workload, target: RouteTarget | undefined): PolicyRequest['passedBy'] {
  if (target === undefined || server.dataPlane !== 'AMBIENT') return undefined
  const { unbound, because } = serviceBinding(view, target.service)
  return unbound === undefined ? undefined : { why: unbound, because: [...because, ...capturedBy(view, server)] }
}

/** Who puts the server in ambient mode, where its namespace does (AMB-1). */
function capturedBy({ snapshot }: ControlPlaneView, { cluster, namespace, labels }: Workload): readonly ResourceRef[] {
  const place = snapshot.clusters.get(cluster)
  const home = place?.resources.namespaces.get(namespace)?.meta
  const isOwn = labels[modeKey] !== undefined
  return place === undefined || home?.labels[modeKey] === undefined || isOwn ? [] : [place.ref(home, `metadata.labels["${modeKey}"]`)]
}

/**
 * The server name in the TLS that the server sees: that of whoever began it (AUTHZ-22, TLS-9).
 *
 * An application asks for the host that it calls, by which its connection is routed too (ROUTE-9), and for none where that is an address. TLS that a
 * DestinationRule has begun without a name is open.
 */
function sniOf({ attributes, client, host }: ResolvedCall, { transported }: Trusted, target: RouteTarget | undefined): string | undefined {
  const { protocol } = transported
  const asked = isAddress(host) ? '' : host
  if (protocol === 'PLAINTEXT') return attributes.protocol === 'TLS' ? asked : ''
  if (isVisitor(client.workload)) return asked
  const begun = target && tlsBegun(target)
  if (protocol === 'OTHER_TLS') return begun === undefined || begun.mode === 'DISABLE' ? asked : begun.sni
  return target && (begun?.sni ?? serverName(target))
}

/** By a DestinationRule. */
const tlsBegun = ({ rule, port, subset }: RouteTarget): ClientTls | undefined => rule?.transportTls(port.number, subset)

interface Chained {
  readonly chain: PolicyRequest['chain']
  readonly decision: Decision
}

function conclude(trusted: Trusted, decisions: readonly Chained[], who: string): Outcome<Trusted> {
  const [first] = decisions
  if (first === undefined) return notEnforced(trusted, 'no chain of the server takes the request')
  const agreed = decisions.every(({ decision }) => decision.verdict === first.decision.verdict && decision.verdict !== 'DEPENDS')
  if (agreed || decisions.length === 1) return single(trusted, first.decision, who)
  const because = flatMap(decisions, ({ decision }) => decision.because)
  const conditions = flatMap(decisions, ({ chain, decision }) =>
    decision.verdict === 'DEPENDS'
      ? decision.conditions.map((each) => ({ ...each, message: `as ${chain}, ${each.message}` }))
      : [condition('PROTOCOL_DECIDES', `as ${chain}, ${decision.message}`, [...decision.because])],
  )
  const message = 'the protocol of the port is detected from the bytes, and the policies decide differently for HTTP and TCP'
  return goOn('AUTHORIZATION', trusted, { reason: 'POLICY_DEPENDS', message, because }, { conditions })
}

function single(trusted: Trusted, { verdict, message, because, conditions, saysWhat = false }: Decision, who: string): Outcome<Trusted> {
  if (verdict === 'DENIED') return stop('AUTHORIZATION', { reason: 'DENIED', message: saysWhat ? message : `${message}; ${who}`, because })
  return goOn('AUTHORIZATION', trusted, { reason: verdict === 'ALLOWED' ? 'ALLOWED' : 'POLICY_DEPENDS', message, because }, { conditions })
}
