/**
 * May the client ask the cluster's DNS at all?
 *
 * A pod that is restricted in what it sends needs a rule for port 53 of the DNS pods, or it gets no address for any name that its proxy
 * does not answer itself. It is judged like every other connection, over UDP. Rule NP-22.
 */
import type { Assumption } from '../../model/step.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Client, ResolvedCall } from '../call/call.js'
import { type Outcome, stepOf, stop } from '../call/outcome.js'
import type { Named } from '../call/stage-values.js'
import type { Connection } from './connection.js'
import { resolversOf, type Resolver, nodeLocalAddress } from './dns-resolvers.js'
import { type JudgedEnd, judgeConnection } from './judge-connection.js'
import { assumptionsOf } from './policy-assumptions.js'
import { hasPolicies } from './policies-selecting.js'
import { admitsLookupAt } from './admits-lookup-at.js'
import { isPod } from './peer.js'

/** NAME's result, unless policies keep the client from getting it. */
export const judgeNameLookup = (call: ResolvedCall, named: Outcome<Named>): Outcome<Named> => {
  const { snapshot, cluster, workload } = call.client
  const isAsked = named.passed && named.value.resolvedBy !== 'LITERAL' && named.value.resolvedBy !== 'DNS_CAPTURE'
  // What uses its node's network asks the node's own resolver.
  if (!isAsked || !hasPolicies(cluster) || !isPod(workload) || workload.hostNetwork) return named
  const { assumed, onNodes } = resolversOf(cluster)
  const lookups = lookupsOf(call.client)
  if (lookups.some((ends) => ends.every(({ decision }) => decision === undefined))) return named
  const open = lookups.find((ends) => ends.every(({ decision }) => decision === undefined || decision.value === 'ALLOWED'))
  const guess = assumed ? [podsAssumed(call)] : []
  if (open !== undefined)
    return { ...named, assumptions: [...named.assumptions, ...open.flatMap((end) => assumptionsOf(snapshot, end)), ...guess] }
  if (onNodes || admitsLookupAt(cluster, workload, nodeLocalAddress))
    return { ...named, assumptions: [...named.assumptions, nodeLocal(call)] }
  return withoutDns(call, lookups, guess)
}

/** For each resolver of the cluster the ends that policies restrict; what DNS pods that are not given are restricted to take is not guessed. */
export const lookupsOf = ({ snapshot, cluster, workload }: Client): readonly (readonly JudgedEnd[])[] => {
  const { pods, assumed } = resolversOf(cluster)
  return pods.map((resolver) =>
    judgeConnection(snapshot, lookupAt(workload, resolver)).filter(({ direction }) => direction === 'EGRESS' || !assumed),
  )
}

const lookupAt = (opener: Workload, { pod, port }: Resolver): Connection => ({
  opener,
  receiver: pod,
  dialled: { address: pod.ips[0] ?? '', port },
  ports: [port],
  by: 'VIRTUAL',
  protocol: 'UDP',
})

const withoutDns = (
  { client, host }: ResolvedCall,
  lookups: readonly (readonly JudgedEnd[])[],
  guess: readonly Assumption[],
): Outcome<never> => {
  const ends = lookups.flat().filter(({ decision }) => decision !== undefined && decision.value !== 'ALLOWED')
  const isDenied = lookups.every((list) => list.some(({ decision }) => decision?.value === 'DENIED'))
  const wanted = isDenied ? 'DENIED' : 'UNKNOWN'
  const telling = ends.filter(({ decision }) => decision?.value === wanted)
  const why = [...new Set(telling.flatMap(({ decision }) => decision?.message ?? []))].join('; and ')
  const because = telling.flatMap(({ decision }) => decision?.because ?? [])
  const assumptions = [...telling.flatMap((end) => assumptionsOf(client.snapshot, end)), ...guess]
  const message = `\`${host}\` cannot be looked up in the DNS of cluster \`${client.cluster.name}\`: ${why}`
  if (isDenied) return stop('NAME', { reason: 'NAME_NOT_RESOLVED', message, because }, assumptions)
  const unmodelled = telling.some(({ decision }) => decision?.unmodelled === true)
  const reason = unmodelled ? 'NETWORK_POLICY_NOT_MODELLED' : 'INPUT_MISSING'
  const unclear = `whether \`${host}\` can be looked up is not known: ${why}`
  return {
    passed: false,
    because: 'UNDETERMINED',
    assumptions,
    step: stepOf('NAME', 'UNDETERMINED', { reason, message: unclear, because }),
  }
}

const podsAssumed = ({ client: { cluster } }: ResolvedCall): Assumption => ({
  code: 'DNS_PODS_ASSUMED',
  message: `the DNS pods of cluster \`${cluster.name}\` are not given; they are taken to be as Kubernetes' installers make them (\`k8s-app: kube-dns\` in \`kube-system\`)`,
  because: [],
})

const nodeLocal = ({ client: { cluster } }: ResolvedCall): Assumption => ({
  code: 'NODE_LOCAL_DNS_ASSUMED',
  message: `the nodes of cluster \`${cluster.name}\` are taken to have a resolver each, which their pods reach whatever policies say`,
  because: [],
})
