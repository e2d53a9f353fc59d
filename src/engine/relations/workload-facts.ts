/** What stands beside a workload: one function for each fact. INVARIANT: the workload is told to whoever asks. */
import type { InventoryWorkload } from '../inventory/inventory.js'
import { remembered } from '../remembered.js'
import type { Meta } from '../resources/meta.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workloads/workload.js'
import type { WorkloadFacts } from './facts.js'
import { identitiesOf } from './identities-of.js'
import { ownershipOf } from './ownership.js'
import type { Seen } from './seen.js'

export interface AskedOfWorkload {
  readonly snapshot: Snapshot
  readonly workload: InventoryWorkload
  readonly seen: Seen
  /** Milliseconds since the epoch. */
  readonly at: number
}

export const workloadFacts: { readonly [Fact in keyof WorkloadFacts]: (asked: AskedOfWorkload) => WorkloadFacts[Fact] } = {
  identity: ({ snapshot, workload, seen, at }) => {
    const [identity] = identitiesOf(snapshot, instancesOf(snapshot, workload).slice(0, 1), at, seen)
    return identity ?? null
  },
  source: ({ snapshot, workload }) => {
    const owner = ownerOf(snapshot, workload)
    const cluster = snapshot.clusters.get(workload.cluster)
    if (owner !== undefined && cluster !== undefined) return [cluster.ref(owner)]
    return instancesOf(snapshot, workload)
      .slice(0, mostInstances)
      .map(({ ref }) => ref)
  },
  labels: (asked) => ownershipOf(objectsOf(asked)).labels,
  annotations: (asked) => ownershipOf(objectsOf(asked)).annotations,
}

/** Where the owner is not among the objects. */
const mostInstances = 20

const ownerOf = ({ clusters }: Snapshot, { cluster, namespace, kind, name }: InventoryWorkload): Meta | undefined =>
  clusters
    .get(cluster)
    ?.resources.podControllers.get(namespace)
    ?.find(({ meta }) => meta.kind === kind && meta.name === name)?.meta

const instancesOf = remembered((snapshot: Snapshot, { cluster, namespace, kind, name }: InventoryWorkload): readonly Workload[] =>
  (snapshot.clusters.get(cluster)?.workloads(namespace) ?? []).filter(({ owner }) => owner.kind === kind && owner.name === name),
)

const objectsOf = ({ snapshot, workload }: AskedOfWorkload): readonly Pick<Meta, 'labels' | 'annotations'>[] => {
  const owner = ownerOf(snapshot, workload)
  const [instance] = instancesOf(snapshot, workload)
  return [...(owner === undefined ? [] : [owner]), ...(instance === undefined ? [] : [instance])]
}
