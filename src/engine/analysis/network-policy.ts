import type { Outcome } from './outcome.js'
import type { NetworkPath } from './stage-values.js'
import type { Snapshot } from '../snapshot/snapshot.js'

/**
 * Could a Kubernetes NetworkPolicy stop the packets?
 *
 * Policies are not evaluated: where one selects the server and the cluster's network plugin may enforce it, the step says so and the
 * answer lists it as an assumption.
 */
export const considerNetworkPolicy = (snapshot: Snapshot, path: NetworkPath): Outcome<NetworkPath> => {
  const { server } = path
  const cluster = server === undefined ? undefined : snapshot.clusters.get(server.cluster)
  const selecting =
    server === undefined || cluster === undefined || !mayEnforce(snapshot, cluster.name)
      ? []
      : (cluster.resources.networkPolicies.get(server.namespace) ?? []).filter(
          (policy) => policy.hasExpressions || Object.entries(policy.podSelector).every(([key, value]) => server.labels[key] === value),
        )
  const because = selecting.map((policy) => cluster?.ref(policy.meta, 'spec.podSelector')).filter((ref) => ref !== undefined)
  const applies = because.length > 0
  return {
    passed: true,
    value: path,
    conditions: [],
    assumptions: applies
      ? [
          {
            code: 'NETWORK_POLICY_NOT_MODELLED',
            message: 'the NetworkPolicies that select the server are assumed to let the call pass',
            because,
          },
        ]
      : [],
    step: {
      stage: 'NETWORK_POLICY',
      outcome: applies ? 'NOT_MODELLED' : 'NOT_APPLICABLE',
      reason: applies ? 'NETWORK_POLICY_NOT_MODELLED' : 'NO_NETWORK_POLICY',
      message: applies
        ? `${selecting.length === 1 ? 'a NetworkPolicy selects' : `${selecting.length} NetworkPolicies select`} the server and could stop the packets`
        : 'no NetworkPolicy selects the server',
      because,
    },
  }
}

const mayEnforce = (snapshot: Snapshot, cluster: string): boolean =>
  snapshot.header.clusters.find((entry) => entry.name === cluster)?.networkPolicyEnforced !== false
