/**
 * Who is there to have an identity?
 *
 * The service accounts that workloads of any cluster run as, by namespace, and those that are declared beside them: somebody is meant to. Of a control
 * plane's own namespace few documents show everybody.
 */
import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { isUnread, seesAllCallers } from '../sees-all-callers.js'

export type Accounts = ReadonlyMap<string, ReadonlySet<string>>

const gatewayAnnotation = 'gateway.istio.io/service-account'

const noAccounts: Accounts = new Map()

function* accountsOf(cluster: Cluster): Generator<readonly [string, string]> {
  for (const namespace of cluster.namespaceNames)
    for (const { serviceAccount } of pausing(cluster.workloads(namespace))) yield [namespace, serviceAccount || 'default']
}

/** istiod makes a gateway's pods, and the account that they run as. */
function* accountsOfGateways({ resources }: Cluster): Generator<readonly [string, string]> {
  for (const { meta, className } of [...resources.kubernetesGateways.values()].flat())
    for (const account of [meta.annotations[gatewayAnnotation], meta.name, `${meta.name}-${className}`])
      if (account !== undefined) yield [meta.namespace, account]
}

/** Accounts that nobody runs as yet: of machines to come, and of jobs that others start. */
function* declaredAccounts({ resources }: Cluster): Generator<readonly [string, string]> {
  for (const [namespace, accounts] of resources.serviceAccounts) for (const { meta } of accounts) yield [namespace, meta.name]
}

/** Namespaces of which all accounts are known; what may be in the others, nobody here can say. */
export const knownAccounts = remembered((snapshot: Snapshot): Accounts => {
  if (!seesAllCallers(snapshot) || isUnread(snapshot, ['pods', 'podControllers', 'workloadEntries'])) return noAccounts
  const found = new Map<string, Set<string>>()
  const clusters = [...snapshot.clusters.values()]
  for (const [namespace, account] of clusters.flatMap((cluster) => [...accountsOf(cluster)]))
    found.set(namespace, (found.get(namespace) ?? new Set()).add(account))
  for (const [namespace, account] of clusters.flatMap((cluster) => [...accountsOfGateways(cluster), ...declaredAccounts(cluster)]))
    found.get(namespace)?.add(account)
  for (const { systemNamespace, meshConfig } of snapshot.controlPlanes.values())
    for (const system of [systemNamespace, meshConfig.rootNamespace, 'kube-system']) found.delete(system)
  return found
})
