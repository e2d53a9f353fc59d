/**
 * What stands beside a service: one function for each fact.
 *
 * INVARIANT: the service is told to whoever asks; of what stands beside it `seen` says what is.
 */
import { behindService } from '../groups/behind-service.js'
import { unitsIn } from '../groups/unit.js'
import type { InventoryService, InventoryWorkload, ListRequest } from '../inventory/inventory.js'
import { byKey, pageOf } from '../inventory/page-of.js'
import { pause } from '../pause.js'
import { remembered } from '../remembered.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workloads/workload.js'
import { type DefiningObject, definedBy } from './defined-by.js'
import type { ServiceFacts } from './facts.js'
import { workloadsByKey } from './find-workload.js'
import { identitiesOf } from './identities-of.js'
import { ownershipOf } from './ownership.js'
import { routesTo } from './routes-to.js'
import type { Seen } from './seen.js'

export interface AskedOfService {
  readonly snapshot: Snapshot
  readonly service: InventoryService
  readonly seen: Seen
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Of facts that come in pages. */
  readonly page: ListRequest
}

export const serviceFacts: { readonly [Fact in keyof ServiceFacts]: (asked: AskedOfService) => ServiceFacts[Fact] } = {
  workloads: ({ snapshot, service, seen, page }) => {
    const all = ownersBehind(snapshot, service)
    const told = all.filter(({ cluster, namespace }) => seen.place(cluster, namespace))
    const { items, hasMore } = pageOf(told.length === all.length ? all : [...told, seen.rest.workload].toSorted(byKey), page)
    return { items: items.map(seen.workload), hasMore }
  },
  runsIn: ({ snapshot, service, seen }) => {
    const behind = behindService(snapshot, service)
    const told = new Set(behind.filter(isTold(seen)).map(({ cluster }) => cluster))
    return seen.names([...new Set(behind.map(({ cluster }) => cluster))].toSorted(), (name) => told.has(name))
  },
  routes: ({ snapshot, service, seen }) => {
    const planes = (names: readonly string[]): readonly string[] => seen.names(names, seen.plane)
    const told = routesTo(snapshot, service).map((route) => seen.route({ ...route, controlPlanes: planes(route.controlPlanes) }))
    return [...new Map(told.map((route) => [JSON.stringify(route), route])).values()]
  },
  identities: ({ snapshot, service, seen, at }) => identitiesOf(snapshot, behindService(snapshot, service).filter(isTold(seen)), at, seen),
  source: ({ snapshot, service, seen }) => seen.refs(definedBy(snapshot, service).map(({ ref }) => ref)),
  labels: (asked) => ownershipOf(toldObjects(asked)).labels,
  annotations: (asked) => ownershipOf(toldObjects(asked)).annotations,
}

const isTold =
  (seen: Seen) =>
  ({ cluster, namespace }: Workload): boolean =>
    seen.place(cluster, namespace)

const toldObjects = ({ snapshot, service, seen }: AskedOfService): readonly DefiningObject['meta'][] =>
  definedBy(snapshot, service)
    .filter(({ cluster, meta }) => seen.place(cluster, meta.namespace))
    .map(({ meta }) => meta)

/** The owners of those who stand behind it, as lists of workloads tell them. */
const ownersBehind = remembered((snapshot: Snapshot, service: InventoryService): readonly InventoryWorkload[] => {
  const unitOf = unitsIn(snapshot)
  const found = new Map<string, InventoryWorkload>()
  for (const workload of behindService(snapshot, service)) {
    pause()
    const { key } = unitOf(workload)
    const owner = workloadsByKey(snapshot).get(key)
    if (owner !== undefined) found.set(key, owner)
  }
  return [...found.values()].toSorted(byKey)
})
