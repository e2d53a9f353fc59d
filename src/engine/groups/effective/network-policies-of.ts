/** Which network policies restrict a workload, and which way? */
import { adminRulesOf, policiesSelecting, rulesOf } from '../../analysis/network-policy/policies-selecting.js'
import type { Direction } from '../../analysis/network-policy/match-peer.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Said } from './said.js'

const ways = { INGRESS: 'comes in', EGRESS: 'goes out' } as const

const countRules = (count: number): string => `${count} rule${count === 1 ? '' : 's'}`

/** Rules NP-4, NP-5, NP-33, NP-40. */
export const networkPoliciesOf = (cluster: Cluster, workload: Workload): readonly Said[] =>
  (['INGRESS', 'EGRESS'] as const).flatMap((direction) => restricting(cluster, workload, direction))

function restricting(cluster: Cluster, workload: Workload, direction: Direction): readonly Said[] {
  const found = policiesSelecting(cluster, workload, direction)
  if (found === undefined) return []
  const concern = 'NETWORK_POLICY'
  const way = ways[direction]
  return [
    ...found.admin.map(({ policy, selects }): Said => {
      const message = `decides of what ${way} before policies of the namespace, by ${countRules(adminRulesOf(policy, direction).length)}`
      return {
        concern,
        state: selects.value === 'YES' ? 'IN_FORCE' : 'NOT_FOLLOWED',
        message,
        resource: cluster.ref(policy.meta),
        by: null,
      }
    }),
    ...found.policies.map((policy): Said => {
      const message = `of what ${way} only that passes which one of the policies lets through, this one by ${countRules(rulesOf(policy, direction)?.length ?? 0)}`
      return { concern, state: 'IN_FORCE', message, resource: cluster.ref(policy.meta), by: null }
    }),
    ...found.plugins.map(({ meta, plugin }): Said => {
      const message = `${plugin} restricts by it what ${way}, and what it lets through is not followed`
      return { concern, state: 'NOT_FOLLOWED', message, resource: cluster.ref(meta), by: null }
    }),
  ]
}
