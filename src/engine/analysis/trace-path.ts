import { authorize } from './authorization/authorize.js'
import type { Client, ResolvedCall } from './call/call.js'
import { hopsOf } from './call/hops-of.js'
import { judgeNetworkPolicy } from './network-policy/judge-network-policy.js'
import { leadsBack, mayLeadBack, staysInPod } from './call/dials-itself.js'
import { joinLooks, type Look } from './call/look.js'
import { nearing, type Outcome } from './call/outcome.js'
import { nearModes } from './near/near-modes.js'
import { emptyRecorder, record, recordAll, type Recorder } from './call/recorder.js'
import type { NetworkPath, RouteTarget, Transported } from './call/stage-values.js'
import { openAuthorization } from './unread-kinds/open-authorization.js'
import { openNetworkPolicy } from './unread-kinds/open-network-policy.js'
import { openTransport } from './unread-kinds/open-transport.js'
import { assumeUnread, findUnread } from './unread/find-unread.js'
import { clientTransport } from './transport/client-transport.js'
import { negotiateTransport } from './transport/negotiate-transport.js'
import { onlyOnOneNode } from './transport/only-on-one-node.js'
import { type Passing, passingOf } from './transport/passing.js'
import { readHeader } from './transport/read-header.js'
import { refuseMethod } from './transport/refuse-method.js'
import { withinPod } from './transport/within-pod.js'
import { verifyTrust } from './trust/verify-trust.js'
import type { TwinPaths } from './likeness/twin-paths.js'
import { type AfterNetwork, type PathEnd, stoppedEnd, type TracedPath } from './answer/traced-path.js'

/**
 * From the network to the server's policies, for each of the paths that one NETWORK step led to: NETWORK_POLICY, TRANSPORT, TRUST,
 * AUTHORIZATION. Paths whose arrivals are one share their end too.
 *
 * `network` is recorded first; `twins` holds what is known of paths to other replicas.
 */
export const tracePaths = (
  call: ResolvedCall,
  target: RouteTarget | undefined,
  network: Outcome<readonly NetworkPath[]> & { readonly passed: true },
  twins: TwinPaths<AfterNetwork>,
): readonly TracedPath[] => {
  // What NETWORK says is of the leg that leaves the client.
  const [first] = network.value
  const before = record(emptyRecorder, network, first && hopsOf(call.client, first).first)
  const ends = new Map<AfterNetwork, PathEnd>()
  return network.value.map((path) => {
    const arrival = leadsBack(call.client, path)
      ? arrive(call, target, path)
      : twins.once(path, () => arrive(call, target, path), recorderOf)
    let end = ends.get(arrival)
    if (end === undefined) ends.set(arrival, (end = endOf(before, arrival)))
    return { path, end }
  })
}

const recorderOf = ({ recorder }: AfterNetwork): Recorder => recorder

const endOf = (before: Recorder, { recorder: behind, ended, validUntil }: AfterNetwork): PathEnd => {
  const recorder = joined(before, behind)
  if (ended !== undefined) return stoppedEnd(recorder, ended)
  const conditional = recorder.conditions.length > 0
  const decidedBy = conditional ? recorder.steps.find(({ outcome }) => outcome === 'CONDITIONAL') : undefined
  const reason = conditional ? (decidedBy?.reason ?? 'POLICY_DEPENDS') : 'DELIVERED'
  return { verdict: conditional ? 'AMBIGUOUS' : 'REACHABLE', reason, recorder, decidedBy, ledOn: false, arrived: true, validUntil }
}

const arrive = (call: ResolvedCall, target: RouteTarget | undefined, path: NetworkPath): AfterNetwork => {
  const { client } = call
  const { last } = hopsOf(client, path)
  const judged = judgeNetworkPolicy(client, path, () => clientTransport(client, target, path)?.tunnel !== undefined)
  const policy = openNetworkPolicy(client, path, judged, () => isStopped(enter(call, target, path, judged)))
  if (!policy.passed) return { recorder: recordAll(last, policy), ended: policy, validUntil: undefined }
  return enter(call, target, path, policy)
}

const isStopped = ({ ended }: AfterNetwork): boolean => ended?.because === 'STOPPED'

/** From the first byte on. Where the node decides whether the server's ztunnel sees it, and refuses it there, past it is another answer (AMB-34). */
const enter = (call: ResolvedCall, target: RouteTarget | undefined, path: NetworkPath, policy: Outcome<NetworkPath>): AfterNetwork => {
  const passing = passingOf(call.client, path)
  const entered = enterAs(call, target, path, policy, passing)
  if (passing === 'BY_NODE' && isStopped(entered)) return onlyOnOneNode(enterAs(call, target, path, policy, 'PAST'), entered)
  return mayLeadBack(call, target, path) ? unlessItself(entered) : entered
}

/** Whichever of those it is, it gets to itself; where the others get too, that makes no difference. */
const unlessItself = (entered: AfterNetwork): AfterNetwork => {
  const { recorder, ended } = entered
  if (ended === undefined && recorder.conditions.length === 0) return entered
  return { ...entered, recorder: { ...recorder, lookedAt: joinLooks(recorder.lookedAt, ofOneInstance) } }
}

const ofOneInstance: readonly Look[] = ['CALLER_AS_SERVER', 'SERVER_ITSELF']

const enterAs = (
  call: ResolvedCall,
  target: RouteTarget | undefined,
  path: NetworkPath,
  policy: Outcome<NetworkPath>,
  passing: Passing,
): AfterNetwork => {
  const { client } = call
  const { last } = hopsOf(client, path)
  const isWithin = staysInPod(call, target, path) && path.endpoint.closed === undefined
  const taken = isWithin ? withinPod(client, path) : negotiateTransport(client, target, path, call.attributes.protocol, passing)
  const negotiated = refuseMethod(call, target, readHeader(call, target, taken))
  const transport = withNearModes(client, path, openTransport(client, target, path, assumeUnread(call, target, path, negotiated)))
  if (!transport.passed) return { recorder: recordAll(last, policy, transport), ended: transport, validUntil: undefined }
  const trust = assumeUnread(call, target, path, verifyTrust(call, target, transport.value))
  if (!trust.passed) return { recorder: recordAll(last, policy, transport, trust), ended: trust, validUntil: undefined }
  const allowed = assumeUnread(call, target, path, authorize(call, trust.value, target))
  const unread = allowed.passed ? findUnread(call, target, transport.value, allowed) : undefined
  const authorized = unread ?? openAuthorization(call, target, transport.value, allowed)
  const recorder = recordAll(last, policy, transport, trust, authorized)
  return { recorder, ended: authorized.passed ? undefined : authorized, validUntil: trust.value.validUntil }
}

/** With PeerAuthentications that do not hold for the server's port. */
const withNearModes = (client: Client, path: NetworkPath, outcome: Outcome<Transported>): Outcome<Transported> => {
  const { server, serverPort } = path
  if (server?.controlPlane === undefined || (server.dataPlane !== 'SIDECAR' && server.dataPlane !== 'AMBIENT')) return outcome
  const view = client.snapshot.view(server.controlPlane)
  return nearing(outcome, () => nearModes({ view, server, callerNamespace: client.workload.namespace }, serverPort))
}

const join = <T>(first: readonly T[], second: readonly T[]): readonly T[] =>
  first.length === 0 ? second : second.length === 0 ? first : [...first, ...second]

/** One after the other; lists stay the same object where they can, because replicas share them. */
const joined = (first: Recorder, second: Recorder): Recorder => ({
  steps: join(first.steps, second.steps),
  assumptions: join(first.assumptions, second.assumptions),
  conditions: join(first.conditions, second.conditions),
  lookedAt: joinLooks(first.lookedAt, second.lookedAt),
})
