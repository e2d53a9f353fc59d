import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Outcome } from '../call/outcome.js'
import type { Asked } from './asked.js'

const ofAdministrators = new Set(['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'])

/**
 * Where more NetworkPolicies could open what the outcome's stop: beside those that do, and nowhere else. A pod that several restrict takes what any of
 * them lets through; what is stopped in two namespaces, or by an administrator, one more in one of them does not open. Rules NP-2, NP-3, NP-30.
 */
export const policiesThatStop = (snapshot: Snapshot, outcome: Outcome<unknown>): readonly Asked<'NETWORK_POLICY'>[] => {
  if (outcome.passed) return []
  const refs = outcome.step.because.filter(({ kind }) => kind === 'NetworkPolicy' || ofAdministrators.has(kind))
  const places = new Map(refs.map(({ kind, cluster, namespace }) => [`${kind} ${cluster} ${namespace}`, { kind, cluster, namespace }]))
  const [only, ...others] = places.values()
  if (only === undefined || others.length > 0) return []
  const cluster = snapshot.clusters.get(only.cluster ?? '')
  // A policy of an administrator comes before all others.
  const above: Asked<'NETWORK_POLICY'> = { cluster, kinds: ['adminPolicies'] }
  return ofAdministrators.has(only.kind) ? [above] : [above, { cluster, kinds: ['networkPolicies'], namespaces: [only.namespace ?? ''] }]
}
