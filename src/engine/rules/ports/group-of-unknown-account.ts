/**
 * Is there the service account that the machines of a WorkloadGroup are to run as?
 *
 * A machine proves who it is by a token of its account, which only a cluster that has the account gives out. Documents often hold no ServiceAccounts of
 * a namespace, or not all: where there is none, or a workload runs as one that is not there, nobody can say which there are.
 */
import { isMistyped, nearestNames } from '../../istiod/matching/nearest-names.js'
import { remembered } from '../../remembered.js'
import type { WorkloadGroup } from '../../resources/istio/workload-group.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread, seesAllCallers } from '../sees-all-callers.js'

const namesIn = ({ resources }: Cluster, namespace: string): readonly string[] =>
  (resources.serviceAccounts.get(namespace) ?? []).map(({ meta }) => meta.name)

/** Accounts of the namespace in all clusters: machines may hold a token of any that their control plane reads. */
const accountsIn = remembered(
  ({ clusters }: Snapshot, namespace: string): ReadonlySet<string> =>
    new Set([...clusters.values()].flatMap((one) => namesIn(one, namespace))),
)

/** Does the document hold the accounts of the namespace, as far as it and its workloads show? */
function areGiven(snapshot: Snapshot, namespace: string): boolean {
  const known = accountsIn(snapshot, namespace)
  if (known.size === 0 || isUnread(snapshot, ['serviceAccounts'], namespace)) return false
  const clusters = [...snapshot.clusters.values()]
  const used = clusters.flatMap(({ resources }) => [
    ...(resources.podControllers.get(namespace) ?? []).map(({ template }) => template.serviceAccount),
    ...(resources.pods.get(namespace) ?? []).map(({ serviceAccount }) => serviceAccount),
  ])
  return used.every((account) => isEverywhere(account) || known.has(account))
}

/** Kubernetes makes it in every namespace. */
const isEverywhere = (account: string): boolean => account === '' || account === 'default'

function tell({ template: { serviceAccount } }: WorkloadGroup, namespace: string, known: ReadonlySet<string>): string {
  const [near] = nearestNames(serviceAccount, [...known])
  const hint =
    near !== undefined && isMistyped(serviceAccount, near) ? `; did you mean \`${near}\`?` : '; apply one, or name one that is there'
  return `namespace \`${namespace}\` has no ServiceAccount \`${serviceAccount}\`: no token is made for the machines of this group, so that they get no certificate and cannot join${hint}`
}

export const groupOfUnknownAccount: Rule = {
  code: 'PRT106',
  name: 'group-of-unknown-account',
  severity: 'WARNING',
  istio: [],
  kiali: ['KIA1701'],
  summary: 'The machines of a WorkloadGroup are to run as a service account that no cluster has.',
  *check(snapshot): Iterable<Breach> {
    if (!seesAllCallers(snapshot)) return
    for (const cluster of snapshot.clusters.values()) {
      for (const [namespace, groups] of cluster.resources.workloadGroups) {
        const known = accountsIn(snapshot, namespace)
        const lost = groups.filter(({ template: { serviceAccount: name } }) => !isEverywhere(name) && !known.has(name))
        if (lost.length === 0 || !areGiven(snapshot, namespace)) continue
        for (const group of lost)
          yield { on: cluster.ref(group.meta, 'spec.template.serviceAccount'), message: tell(group, namespace, known) }
      }
    }
  },
}
