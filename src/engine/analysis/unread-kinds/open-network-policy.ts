import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Client } from '../call/call.js'
import type { Outcome } from '../call/outcome.js'
import type { NetworkPath } from '../call/stage-values.js'
import { isPod } from '../network-policy/peer.js'
import { type Asked, findMissing, hasUnread } from './asked.js'
import { leaveOpen } from './leave-open.js'
import { policiesThatStop } from './policies-that-stop.js'

type AtNetworkPolicy = readonly Asked<'NETWORK_POLICY'>[]

const policies = ['networkPolicies', 'adminPolicies', 'pluginPolicies'] as const

/**
 * What policies of the pods on the way that could not be read would do. `rest`: what becomes of the path behind this stage, as far as it is stopped
 * there: then one more policy that restricts a pod changes nothing.
 */
export const openNetworkPolicy = (
  client: Client,
  path: NetworkPath,
  outcome: Outcome<NetworkPath>,
  stopsBehind: () => boolean,
): Outcome<NetworkPath> => {
  const { snapshot } = client
  if (!hasUnread(snapshot)) return outcome
  const placed = podsOn(client, path)
  const policiesAsked = outcome.passed ? ofPods(placed) : policiesThatStop(snapshot, outcome)
  const missing = findMissing([...policiesAsked, ...ofNamespaces(outcome, placed)])
  return missing.length > 0 && outcome.passed && stopsBehind() ? outcome : leaveOpen(outcome, missing)
}

interface Placed {
  readonly pod: Workload
  readonly cluster: Cluster
}

/** Each pod that the packets leave or enter, where policies are enforced. */
const podsOn = ({ snapshot, workload }: Client, { passage, server }: NetworkPath): readonly Placed[] =>
  [workload, passage?.proxy, ...(passage?.further ?? []).map(({ proxy }) => proxy), server].flatMap((pod) => {
    const cluster = snapshot.clusters.get(pod?.cluster ?? '')
    return pod === undefined || cluster === undefined || !isPod(pod) || !enforces(snapshot, cluster) ? [] : [{ pod, cluster }]
  })

const enforces = ({ header }: Snapshot, { name }: Cluster): boolean =>
  header.clusters.find((cluster) => cluster.name === name)?.networkPolicyEnforced !== false

/** Policies of the pod's own namespace, and those for its whole cluster. */
const ofPods = (placed: readonly Placed[]): AtNetworkPolicy =>
  placed.map(({ pod, cluster }) => ({ cluster, kinds: policies, namespaces: [pod.namespace] }))

/** Labels of namespaces count where a policy decided, which may look at them. */
const ofNamespaces = ({ step }: Outcome<NetworkPath>, placed: readonly Placed[]): AtNetworkPolicy =>
  step.reason === 'NO_NETWORK_POLICY' ? [] : placed.map(({ cluster }) => ({ cluster, kinds: ['namespaces'] }))
