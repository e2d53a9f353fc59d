import type { SourceInput } from '../model/question.js'
import { remembered } from '../remembered.js'
import type { Cluster, Snapshot } from '../snapshot/snapshot.js'
import { tenantMembers } from '../snapshot/tenant-members.js'
import type { Workload } from '../snapshot/workloads/workload.js'

/** A workload as people speak of it: all instances of one owner. */
export interface Unit {
  /** Orders units, and names one among those of a snapshot. */
  readonly key: string
  readonly kind: 'WORKLOAD' | 'GATEWAY' | 'OUTSIDE'
  readonly cluster: string
  readonly namespace: string
  readonly name: string
  /** Of its first instance, as lists of workloads tell it. */
  readonly serviceAccount: string
  readonly tenants: readonly string[]
  /** Who states it as a source; undefined: only its own description would. */
  readonly from: SourceInput | undefined
}

/** A client outside of every cluster. */
export const outsider: Unit = {
  key: '',
  kind: 'OUTSIDE',
  cluster: '',
  namespace: '',
  name: '',
  serviceAccount: '',
  tenants: [],
  from: { outside: true },
}

type UnitOf = (workload: Workload) => Unit

/** Tenants that hold the namespace. */
export const tenantsAt = remembered((snapshot: Snapshot, cluster: Cluster, namespace: string): readonly string[] =>
  snapshot.tenants.filter((tenant) => tenantMembers(tenant)(cluster, namespace)).map(({ name }) => name),
)

function describe(snapshot: Snapshot, { cluster, namespace, owner, serviceAccount, dataPlane }: Workload, key: string): Unit {
  const place = snapshot.clusters.get(cluster)
  const isGateway = dataPlane === 'GATEWAY'
  const named = { cluster, namespace, workload: `${owner.kind}/${owner.name}` }
  return {
    key,
    kind: isGateway ? 'GATEWAY' : 'WORKLOAD',
    cluster,
    namespace,
    name: owner.name,
    serviceAccount: serviceAccount || 'default',
    tenants: place === undefined ? [] : tenantsAt(snapshot, place, namespace),
    from: owner.kind === 'Hypothetical' ? undefined : isGateway ? { gateway: `${cluster}/${namespace}/${owner.name}` } : named,
  }
}

/** Each owner of a snapshot is one unit, whichever of its instances is asked about. */
export const unitsIn = (snapshot: Snapshot): UnitOf => unitsOfVersion(snapshot.basis ?? snapshot)

const unitsOfVersion = remembered((snapshot: Snapshot): UnitOf => {
  const units = new Map<string, Unit>()
  return remembered((workload: Workload): Unit => {
    const { cluster, namespace, owner } = workload
    const key = `${cluster}/${namespace}/${owner.name}/${owner.kind}`
    const unit = units.get(key) ?? describe(snapshot, workload, key)
    units.set(key, unit)
    return unit
  })
})

/** The units of these instances, each once. */
export const unitsOf = (snapshot: Snapshot, workloads: readonly Workload[]): readonly Unit[] =>
  unitsAmong(snapshot.basis ?? snapshot, workloads)

const unitsAmong = remembered((version: Snapshot, workloads: readonly Workload[]): readonly Unit[] => [
  ...new Set(workloads.map(unitsIn(version))),
])
