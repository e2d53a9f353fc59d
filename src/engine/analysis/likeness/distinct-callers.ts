import { flatMap } from '../../flat-map.js'
import { pause } from '../../pause.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { kindsIn } from './kind-of.js'

/** An instance that stands for others of its kind, itself among them. */
export interface DistinctCaller {
  readonly workload: Workload
  readonly alike: readonly Workload[]
  /** Of all of them. */
  readonly addresses: readonly string[]
}

/** Instances that are equal for the analysis count once; one that is ready stands for the rest (FLOW-1). */
export const distinctCallers = (snapshot: Snapshot, workloads: readonly Workload[]): readonly DistinctCaller[] => {
  const byKind = new Map<number, Workload[]>()
  const kindOf = kindsIn(snapshot).callers
  for (const workload of workloads) {
    pause()
    const kind = kindOf(workload)
    const alike = byKind.get(kind)
    if (alike === undefined) byKind.set(kind, [workload])
    else alike.push(workload)
  }
  return flatMap([...byKind.values()], callerFor)
}

/** Who stands for these instances. */
export const callerFor = (alike: readonly Workload[]): readonly DistinctCaller[] => {
  const workload = alike.find(({ ready }) => ready) ?? alike[0]
  return workload === undefined ? [] : [{ workload, alike, addresses: flatMap(alike, ({ ips }) => ips) }]
}
