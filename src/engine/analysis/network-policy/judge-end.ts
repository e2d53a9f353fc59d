/**
 * May one end of a connection send, or take it, by the policies of its own cluster?
 *
 * The tiers in order: Admin, NetworkPolicy, Baseline, and what nothing restricts passes. Another plugin's policy that selects the pod may
 * come before or beside all of them, so that nothing is known then. Rules NP-2, NP-3, NP-14, NP-30, NP-32, NP-40.
 */
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import { allowed, type Decision, unknown } from './decision.js'
import { judgeByTier } from './judge-by-tier.js'
import { judgeByNetworkPolicies, nameSome, refsOfSelectors } from './judge-by-network-policies.js'
import type { Seen } from './seen.js'
import type { Selecting } from './policies-selecting.js'
import { resting, yes } from './match.js'

/** How the two ends of a connection stand to each other on the machine (NP-14). */
export type Nearness = 'SELF' | 'MAYBE_SELF' | 'SAME_NODE' | 'MAYBE_SAME_NODE' | 'APART'

/** What selects the end. */
export const refsSelecting = (cluster: Cluster, { policies, admin, plugins }: Selecting): readonly ResourceRef[] => [
  ...refsOfSelectors(cluster, policies),
  ...admin.map(({ policy }) => cluster.ref(policy.meta, 'spec.subject')),
  ...plugins.map(({ meta }) => cluster.ref(meta)),
]

const byPlugin = (seen: Seen, { plugins }: Selecting): Decision | undefined => {
  const [first] = plugins
  if (first === undefined || seen.onHostNetwork) return undefined
  const many = plugins.length === 1 ? 'it' : 'they'
  const message = `${nameSome(seen.at, plugins)}, of ${first.plugin}, ${plugins.length === 1 ? 'selects' : 'select'} ${seen.subject}, and what ${many} let through is not evaluated`
  return {
    ...unknown(
      message,
      plugins.map(({ meta }) => seen.at.cluster.ref(meta)),
    ),
    unmodelled: true,
  }
}

const byTiers = (seen: Seen, { policies, admin }: Selecting): Decision => {
  const nothing = (): Decision => allowed(`nothing restricts what ${seen.subject} ${seen.at.direction === 'INGRESS' ? 'takes' : 'sends'}`)
  const baseline = (): Decision => judgeByTier(seen, admin, 'BASELINE', nothing)
  const ordinary = (): Decision => judgeByNetworkPolicies(seen, policies) ?? baseline()
  // Policies for the whole cluster never select pods that use their node's network (NP-33).
  return seen.onHostNetwork ? (judgeByNetworkPolicies(seen, policies) ?? nothing()) : judgeByTier(seen, admin, 'ADMIN', ordinary)
}

/** The policies that select the end, and how near the other end is. */
export const judgeEnd = (seen: Seen, selecting: Selecting, nearness: Nearness): Decision => {
  if (nearness === 'SELF') return allowed(`${seen.subject} always reaches itself`, [])
  if (nearness === 'SAME_NODE') {
    return allowed(`traffic between a pod and its own node always passes`, [], resting(yes, 'NODE_TRAFFIC_ALLOWED_ASSUMED').rests)
  }
  const decision = byPlugin(seen, selecting) ?? byTiers(seen, selecting)
  if (decision.value !== 'DENIED' || nearness !== 'MAYBE_SAME_NODE') return decision
  return unknown(
    `${decision.message}; whether both are on one node, where everything passes, is not known`,
    refsSelecting(seen.at.cluster, selecting),
  )
}
