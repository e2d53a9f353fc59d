import type { ResourceRef } from '../../model/resource-ref.js'
import type { NetworkPolicy } from '../../resources/kubernetes/network-policy.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Client } from '../call/call.js'

import { distinctRefs } from '../call/distinct-refs.js'
import { type Outcome, goOn } from '../call/outcome.js'
import type { NetworkPath } from '../call/stage-values.js'

/** One end of the call, and the policies that restrict it there. */
interface Side {
  readonly who: 'client' | 'server'
  readonly cluster: string
  readonly enforced: boolean
  readonly policies: readonly ResourceRef[]
}

/**
 * Could a Kubernetes NetworkPolicy stop the packets?
 *
 * Policies are not evaluated: where one restricts what the client's pod sends (Egress) or the server's pod takes (Ingress), and the
 * cluster's network plugin may enforce it, the step says so and the answer lists it as an assumption.
 *
 * INVARIANT: nothing of the server counts but its cluster, namespace and labels, so that replicas share the result.
 */
export const considerNetworkPolicy = ({ snapshot, workload }: Client, path: NetworkPath): Outcome<NetworkPath> => {
  const { server } = path
  const sides = [
    sideOf(snapshot, 'client', workload, ({ restrictsEgress }) => restrictsEgress),
    ...(server === undefined ? [] : [sideOf(snapshot, 'server', server, ({ restrictsIngress }) => restrictsIngress)]),
  ].filter(({ policies }) => policies.length > 0)
  const enforced = sides.filter((side) => side.enforced)
  const because = distinctRefs((enforced.length > 0 ? enforced : sides).flatMap(({ policies }) => policies))
  if (enforced.length > 0) {
    const who = enforced.map((side) => `the ${side.who}`).join(' and ')
    const message = `the NetworkPolicies that select ${who} are assumed to let the call pass`
    const said = {
      reason: 'NETWORK_POLICY_NOT_MODELLED',
      message: `${enforced.map(tell).join(', and ')}, and could stop the packets`,
      because,
    } as const
    return goOn('NETWORK_POLICY', path, said, {
      outcome: 'NOT_MODELLED',
      assumptions: [{ code: 'NETWORK_POLICY_NOT_MODELLED', message, because: [...because] }],
    })
  }
  const said =
    sides.length === 0
      ? ({ reason: 'NO_NETWORK_POLICY', message: 'no NetworkPolicy restricts what the client sends or the server takes', because } as const)
      : ({ reason: 'NETWORK_POLICY_NOT_ENFORCED', message: sides.map(tellUnenforced).join(', and '), because } as const)
  return goOn('NETWORK_POLICY', path, said, { outcome: 'NOT_APPLICABLE' })
}

const sideOf = (snapshot: Snapshot, who: Side['who'], workload: Workload, restricts: (policy: NetworkPolicy) => boolean): Side => {
  const { cluster: name, namespace, labels } = workload
  const cluster = snapshot.clusters.get(name)
  const policies = (cluster?.resources.networkPolicies.get(namespace) ?? []).filter(
    (policy) => restricts(policy) && Object.entries(policy.podSelector).every(([key, value]) => labels[key] === value),
  )
  const refs = policies.flatMap((policy) => cluster?.ref(policy.meta, 'spec.podSelector') ?? [])
  return { who, cluster: name, enforced: mayEnforce(snapshot, name), policies: refs }
}

const mayEnforce = (snapshot: Snapshot, cluster: string): boolean =>
  snapshot.header.clusters.find((entry) => entry.name === cluster)?.networkPolicyEnforced !== false

const tell = ({ who, policies }: Side): string => {
  const many = policies.length === 1 ? 'a NetworkPolicy restricts' : `${policies.length} NetworkPolicies restrict`
  return `${many} what the ${who} ${who === 'client' ? 'sends' : 'takes'}`
}

const tellUnenforced = (side: Side): string => `${tell(side)}, which cluster \`${side.cluster}\` does not enforce`
