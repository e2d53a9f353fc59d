import { flatMap } from '../../flat-map.js'
import type { Assumption } from '../../model/step.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Client } from '../call/call.js'
import { admitsLookupAt } from './admits-lookup-at.js'
import type { Connection } from './connection.js'
import { nodeLocalAddress, resolversOf, type Resolver } from './resolvers-of.js'
import { type JudgedEnd, judgeConnection } from './judge-connection.js'
import { isPod } from './peer.js'
import { assumptionsOf } from './assumptions-of.js'
import { hasPolicies } from './policies-selecting.js'

/** What policies make of the client's asking the cluster's DNS (NP-22). */
export interface Lookup {
  readonly value: 'OPEN' | 'DENIED' | 'UNKNOWN'
  /** Those that do not let it through; empty where it is open. */
  readonly ends: readonly JudgedEnd[]
  readonly assumptions: readonly Assumption[]
}

const free: Lookup = { value: 'OPEN', ends: [], assumptions: [] }

/** One resolver that may be asked is enough. What uses its node's network asks the node's own, and a machine what it is told to. */
export const judgeLookup = (client: Client): Lookup => {
  const { snapshot, cluster, workload } = client
  if (!hasPolicies(cluster) || !isPod(workload) || workload.hostNetwork) return free
  const lookups = lookupsOf(client)
  if (lookups.some((ends) => ends.every(({ decision }) => decision === undefined))) return free
  const { assumed, onNodes } = resolversOf(cluster)
  const guess = assumed ? [podsAssumed(cluster)] : []
  const open = lookups.find((ends) => ends.every(({ decision }) => decision === undefined || decision.value === 'ALLOWED'))
  const told = (ends: readonly JudgedEnd[]): readonly Assumption[] => [...flatMap(ends, (end) => assumptionsOf(snapshot, end)), ...guess]
  if (open !== undefined) return { value: 'OPEN', ends: [], assumptions: told(open) }
  if (onNodes || admitsLookupAt(cluster, workload, nodeLocalAddress)) return { ...free, assumptions: [nodeLocal(cluster)] }
  const value = lookups.every((ends) => ends.some(({ decision }) => decision?.value === 'DENIED')) ? 'DENIED' : 'UNKNOWN'
  const ends = lookups.flat().filter(({ decision }) => decision?.value === value)
  return { value, ends, assumptions: told(ends) }
}

/** For each resolver of the cluster the ends that policies restrict; what DNS pods that are not given are restricted to take is not guessed. */
const lookupsOf = ({ snapshot, cluster, workload }: Client): readonly (readonly JudgedEnd[])[] => {
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

const podsAssumed = ({ name }: Cluster): Assumption => ({
  code: 'DNS_PODS_ASSUMED',
  message: `the DNS pods of cluster \`${name}\` are not given; they are taken to be as Kubernetes' installers make them (\`k8s-app: kube-dns\` in \`kube-system\`)`,
  because: [],
})

const nodeLocal = ({ name }: Cluster): Assumption => ({
  code: 'NODE_LOCAL_DNS_ASSUMED',
  message: `the nodes of cluster \`${name}\` are taken to have a resolver each, which their pods reach whatever policies say`,
  because: [],
})
