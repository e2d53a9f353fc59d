/**
 * Do the network policies of the clusters let the packets through?
 *
 * They are a layer under the mesh that knows nothing of it: each connection is judged as it runs on the wire, by the policies that select the
 * pod which opens it and by those that select the pod which takes it. A server behind a gateway sees the gateway. Rules NP-1 … NP-20, NP-30 … NP-34, NP-40.
 *
 * INVARIANT: where no cluster on the way has a policy, nothing is looked at.
 */
import { flatMap } from '../../flat-map.js'
import type { Assumption } from '../../model/step.js'
import { ipFamily } from '../../istiod/matching/ip-family.js'
import type { Client } from '../call/call.js'
import { nearNetworkPolicies } from '../near/near-network-policies.js'
import { hopsOf } from '../call/hops-of.js'
import { condition } from '../call/condition.js'
import { endedWith, goOn, lookingAt, nearing, onHop, type Outcome, type Said, stepOf, stop } from '../call/outcome.js'
import type { NetworkPath } from '../call/stage-values.js'
import { connectionsOf } from './connection.js'
import { type JudgedEnd, judgeConnection } from './judge-connection.js'
import { judgeLookup } from './judge-lookup.js'
import { isUnmodelled, refsOf, tellAll, tellSome } from './tell-all.js'
import { nameOf } from './peer.js'
import { assumptionsOf } from './assumptions-of.js'
import { policyLooks } from './policy-looks.js'
import { hasPolicies } from './policies-selecting.js'
import { remembered } from '../../remembered.js'
import { withoutControlPlane } from './without-control-plane.js'

const nothing: Said = {
  reason: 'NO_NETWORK_POLICY',
  message: 'no NetworkPolicy restricts what the client sends or the server takes',
  because: [],
}

/** `tunnel`: does the client's proxy wrap what it sends to the server? Asked only where there are policies. */
export const judgeNetworkPolicy = (client: Client, path: NetworkPath, tunnel: () => boolean): Outcome<NetworkPath> => {
  const { snapshot, workload } = client
  if (!hasAny(snapshot)) return goOn('NETWORK_POLICY', path, nothing, { outcome: 'NOT_APPLICABLE' })
  if (!concerns(snapshot, workload, path)) {
    const near = () => nearNetworkPolicies(snapshot, connectionsOf(snapshot, workload, path, tunnel()))
    return goOn('NETWORK_POLICY', path, { ...nothing, near }, { outcome: 'NOT_APPLICABLE' })
  }
  const connections = connectionsOf(snapshot, workload, path, tunnel())
  const judged = [...lookedUp(client, path), ...flatMap(connections, (connection) => judgeConnection(snapshot, connection))]
  const outcome = lookingAt(concludeEnds(client, path, judged), policyLooks(client, path, connections))
  const deciding = judged.find(denies) ?? judged.find(leavesOpen)
  const { first, last } = hopsOf(client, path)
  const told = nearing(outcome, () => nearNetworkPolicies(snapshot, connections))
  return onHop(deciding === undefined || connections.indexOf(deciding.connection) > 0 ? last : first, told)
}

const denies = ({ decision, nearness }: JudgedEnd): boolean => decision?.value === 'DENIED' && nearness !== 'MAYBE_SELF'
const leavesOpen = ({ decision }: JudgedEnd): boolean => decision?.value === 'UNKNOWN'

const concludeEnds = ({ snapshot }: Client, path: NetworkPath, ends: readonly JudgedEnd[]): Outcome<NetworkPath> => {
  const enforced = ends.filter(({ decision }) => decision !== undefined)
  if (enforced.length === 0) return passUnrestricted(path, ends)
  const assumptions = (judged: readonly JudgedEnd[]): readonly Assumption[] => flatMap(judged, (end) => assumptionsOf(snapshot, end))
  const denying = enforced.filter(({ decision }) => decision?.value === 'DENIED')
  const stopping = denying.filter(denies)
  const [first] = stopping
  if (first !== undefined) return stop('NETWORK_POLICY', saidBy(first, stopping), assumptions(stopping))
  const open = enforced.find(leavesOpen)
  if (open !== undefined) return undecided(open)
  const kept = flatMap(enforced, ({ direction, subject }) => (direction === 'EGRESS' ? withoutControlPlane(snapshot, subject) : []))
  const more = { assumptions: [...assumptions(enforced), ...kept], conditions: denying.slice(0, 1).map(onlyToItself) }
  const [others] = denying
  return goOn('NETWORK_POLICY', path, others === undefined ? allowedBy(enforced) : saidBy(others, denying), more)
}

/** A name outside of every cluster is looked up by the proxy itself, whatever it answers the application (NP-22). */
const lookedUp = (client: Client, { dialled, server }: NetworkPath): readonly JudgedEnd[] => {
  const isName = server === undefined && client.view !== undefined && ipFamily(dialled.address) === undefined
  return isName ? judgeLookup(client).ends : []
}

const hasAny = remembered(({ clusters }: Client['snapshot']): boolean => [...clusters.values()].some(hasPolicies))

/** Is there any policy in the clusters of the path? */
const concerns = (snapshot: Client['snapshot'], client: Client['workload'], { server, endpoint, passage }: NetworkPath): boolean => {
  const clusters = [
    client.cluster,
    server?.cluster,
    endpoint.cluster,
    passage?.proxy?.cluster,
    ...(passage?.further ?? []).map(({ proxy }) => proxy.cluster),
  ]
  return clusters.some((name) => {
    const cluster = name === undefined ? undefined : snapshot.clusters.get(name)
    return cluster !== undefined && hasPolicies(cluster)
  })
}

const passUnrestricted = (path: NetworkPath, ends: readonly JudgedEnd[]): Outcome<NetworkPath> => {
  if (ends.length === 0) return goOn('NETWORK_POLICY', path, nothing, { outcome: 'NOT_APPLICABLE' })
  const told = ends.map(({ subject, direction }) => {
    const what = `policies restrict what ${nameOf(subject)} ${direction === 'EGRESS' ? 'sends' : 'takes'}`
    return `${what}, which cluster \`${subject.cluster}\` does not enforce`
  })
  const because = flatMap(ends, ({ selecting }) => selecting)
  return goOn(
    'NETWORK_POLICY',
    path,
    { reason: 'NETWORK_POLICY_NOT_ENFORCED', message: told.join(', and '), because },
    { outcome: 'NOT_APPLICABLE' },
  )
}

/** The end that is met first gives the reason; all that end the call have to be changed. */
const saidBy = (end: JudgedEnd, ends: readonly JudgedEnd[] = [end]): Said => ({
  reason: end.direction === 'EGRESS' ? 'EGRESS_NOT_ALLOWED' : 'INGRESS_NOT_ALLOWED',
  message: tellAll(ends),
  because: flatMap(ends, refsOf),
})

const allowedBy = (ends: readonly JudgedEnd[]): Said => ({
  reason: 'NETWORK_POLICY_ALLOWS',
  message: tellSome(ends),
  because: flatMap(ends, refsOf),
})

/** What is kept and not evaluated is told apart from what is not given (NP-40). */
const undecided = (end: JudgedEnd): Outcome<NetworkPath> => {
  const said: Said = { ...saidBy(end), reason: isUnmodelled([end]) ? 'NETWORK_POLICY_NOT_MODELLED' : 'INPUT_MISSING' }
  return endedWith(stepOf('NETWORK_POLICY', 'UNDETERMINED', said), 'UNDETERMINED', [])
}

/** Instances of one template call each other and themselves, and a pod always reaches itself (NP-14). */
const onlyToItself = (end: JudgedEnd) =>
  condition('ONLY_TO_ITSELF', `only where an instance of ${nameOf(end.subject)} calls itself, as ${end.decision?.message ?? ''}`, [
    ...refsOf(end),
  ])
