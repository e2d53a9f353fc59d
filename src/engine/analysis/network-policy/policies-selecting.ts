/**
 * Which policies have a say in what a pod takes, or sends?
 *
 * A cluster without any is told at once; else what selects a pod is found once for each set of labels and namespace. Rules NP-4, NP-5, NP-33, NP-40.
 */
import type { Labels } from '../../resources/meta.js'
import type { AdminPolicy, AdminRule } from '../../resources/network-policy/admin-policy.js'
import type { NetworkPolicy, PolicyRule } from '../../resources/network-policy/network-policy.js'
import type { PluginPolicy, PluginSubject } from '../../resources/network-policy/plugin-policy.js'
import { remembered } from '../../remembered.js'
import { labelSelectorMatches } from '../../snapshot/label-selector.js'
import { indexBySelector, type SelectorIndex } from '../../snapshot/selector-index.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { matchExpression } from './match-expression.js'
import { namespaceLabels } from '../../snapshot/namespace-labels.js'
import { type Direction, matchPods } from './match-peer.js'
import type { Match } from './match.js'
import { maybe } from './match.js'
import { isPod } from './peer.js'

/** A policy for the whole cluster, and whether its subject is the pod. */
export interface AdminSelecting {
  readonly policy: AdminPolicy
  readonly selects: Match
}

export interface Selecting {
  readonly policies: readonly NetworkPolicy[]
  /** By priority. */
  readonly admin: readonly AdminSelecting[]
  readonly plugins: readonly PluginPolicy[]
}

export const rulesOf = (policy: NetworkPolicy, direction: Direction): readonly PolicyRule[] | undefined =>
  direction === 'INGRESS' ? policy.ingress : policy.egress

export const adminRulesOf = (policy: AdminPolicy, direction: Direction): readonly AdminRule[] =>
  direction === 'INGRESS' ? policy.ingress : policy.egress

/** Are there policies of any kind? What is asked of every path. */
export const hasPolicies = ({ resources }: Cluster): boolean =>
  resources.networkPolicies.size > 0 || resources.adminPolicies.length > 0 || resources.pluginPolicies.length > 0

const byRank = remembered(({ resources }: Cluster): readonly AdminPolicy[] =>
  [...resources.adminPolicies].sort(
    (a, b) => a.priority - b.priority || (`${a.meta.kind}/${a.meta.name}` < `${b.meta.kind}/${b.meta.name}` ? -1 : 1),
  ),
)

const bySelector = remembered(
  (cluster: Cluster, namespace: string, direction: Direction): SelectorIndex<NetworkPolicy> =>
    indexBySelector(
      (cluster.resources.networkPolicies.get(namespace) ?? []).filter((policy) => rulesOf(policy, direction) !== undefined),
      ({ podSelector }) => podSelector.matchLabels,
    ),
)

/** Pods that the same policies select have one list in common, of which much is made. */
function ordinary(cluster: Cluster, namespace: string, direction: Direction, labels: Labels): readonly NetworkPolicy[] {
  const found = bySelector(cluster, namespace, direction).matching(labels)
  const selects = ({ podSelector }: NetworkPolicy): boolean => labelSelectorMatches(podSelector, labels)
  return found.every(selects) ? found : found.filter(selects)
}

const isSubject = (cluster: Cluster, policy: PluginPolicy, subject: PluginSubject, namespace: string, labels: Labels): boolean => {
  const home =
    subject.namespaces === undefined
      ? policy.meta.namespace === namespace
      : matchExpression(subject.namespaces, namespaceLabels(cluster, namespace)).value !== 'NO'
  // Calico writes a pod's namespace among the pod's own labels.
  const own = { labels: { ...namespaceLabels(cluster, namespace).labels, ...labels }, known: true }
  return home && matchExpression(subject.pods, own).value !== 'NO'
}

const select = remembered((cluster: Cluster, labels: Labels, namespace: string, direction: Direction): Selecting => {
  const pod = { labels, namespace }
  return {
    policies: ordinary(cluster, namespace, direction, labels),
    admin: byRank(cluster).flatMap((policy) => {
      if (adminRulesOf(policy, direction).length === 0 && !policy.unclear) return []
      const selects = policy.subject === undefined ? maybe('the subject of the policy') : matchPods(policy.subject, cluster, pod)
      return selects.value === 'NO' ? [] : [{ policy, selects }]
    }),
    plugins: cluster.resources.pluginPolicies.filter((policy) =>
      policy.subjects.some(
        (subject) => (direction === 'INGRESS' ? subject.ingress : subject.egress) && isSubject(cluster, policy, subject, namespace, labels),
      ),
    ),
  }
})

/** Undefined: nothing restricts the workload in this direction; a virtual machine is no pod, and no policy selects it. */
export const policiesSelecting = (cluster: Cluster, workload: Workload, direction: Direction): Selecting | undefined => {
  if (!hasPolicies(cluster) || !isPod(workload)) return undefined
  const found = select(cluster, workload.labels, workload.namespace, direction)
  return found.policies.length + found.admin.length + found.plugins.length === 0 ? undefined : found
}
