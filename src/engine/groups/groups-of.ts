/** Of which groups is a caller, and of which is what is called? */
import type { GroupBy } from '../model/groups/group-question.js'
import { remembered } from '../remembered.js'
import type { Group } from '../model/groups/grouped-calls.js'
import type { Called } from './called.js'
import type { Unit } from './unit.js'

const workload = ({ kind, cluster, namespace, name }: Unit): Group => ({ kind, cluster, namespace, name })

const tenant = (name: string): Group => ({ kind: 'TENANT', cluster: null, namespace: null, name })

/** Of everybody who belongs to no tenant. */
const tenants = (names: readonly string[]): readonly Group[] => (names.length === 0 ? [tenant('')] : names.map(tenant))

const ofCallers: Readonly<Record<GroupBy, (unit: Unit) => readonly Group[]>> = {
  WORKLOAD: (unit) => [workload(unit)],
  SERVICE: (unit) => [workload(unit)],
  IDENTITY: ({ namespace, serviceAccount }) => [{ kind: 'IDENTITY', cluster: null, namespace, name: serviceAccount }],
  NAMESPACE: ({ cluster, namespace }) => [{ kind: 'NAMESPACE', cluster, namespace, name: namespace }],
  TENANT: (unit) => tenants(unit.tenants),
}

/** Gateways and the outside are in nobody's group. */
export const groupsOfCaller = remembered((unit: Unit, by: GroupBy): readonly Group[] =>
  unit.kind === 'WORKLOAD'
    ? ofCallers[by](unit)
    : [{ ...workload(unit), name: unit.kind === 'OUTSIDE' ? 'outside' : unit.name, ...placeOf(unit) }],
)

const placeOf = ({ cluster, namespace }: Unit): Pick<Group, 'cluster' | 'namespace'> => ({
  cluster: cluster === '' ? null : cluster,
  namespace: namespace === '' ? null : namespace,
})

const service = ({ kind, clusters, namespace, name }: Called): Group => ({
  kind,
  cluster: clusters.length === 1 ? (clusters[0] ?? null) : null,
  namespace,
  name,
})

const ofCalled: Readonly<Record<GroupBy, (called: Called) => readonly Group[]>> = {
  SERVICE: (called) => [service(called)],
  WORKLOAD: (called) => [service(called)],
  IDENTITY: (called) => [service(called)],
  NAMESPACE: ({ namespace }) => [{ kind: 'NAMESPACE', cluster: null, namespace, name: namespace }],
  TENANT: (called) => tenants(called.tenants),
}

export const groupsOfCalled = remembered((called: Called, by: GroupBy): readonly Group[] => ofCalled[by](called))
