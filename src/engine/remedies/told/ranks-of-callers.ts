import type { Client } from '../../analysis/call/call.js'
import { crowdsIn } from '../../analysis/likeness/crowds-in.js'
import { askCall, type AskingOne } from '../../groups/ask-calls.js'
import type { Called } from '../../groups/called.js'
import { type Unit, unitsOf } from '../../groups/unit.js'
import type { Verdict } from '../../model/verdict.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { isPassed } from '../../snapshot/workloads/workload.js'

/** Callers of one namespace of a cluster, who stand for nobody of another one. */
export interface Place {
  readonly cluster: string
  readonly namespace: string
}

/** From what arrives least to what arrives most. */
export const rankOf = (verdict: Verdict): number => ranks.indexOf(verdict)

const ranks: readonly Verdict[] = ['UNREACHABLE', 'UNDETERMINED', 'AMBIGUOUS', 'REACHABLE']

/** Crowds of those who call of their own accord. */
export function crowdsAt(snapshot: Snapshot, { cluster, namespace }: Place): readonly Client[] {
  const place = snapshot.clusters.get(cluster)
  return place === undefined ? [] : crowdsIn(snapshot, place, namespace).filter(({ workload }) => !isPassed(workload))
}

export const unitsOfClient = (snapshot: Snapshot, { alike, workload }: Client): readonly Unit[] => unitsOf(snapshot, alike ?? [workload])

/** How far the call of each workload among the clients gets. */
export function ranksOfCallers(
  snapshot: Snapshot,
  clients: readonly Client[],
  called: Called,
  asking: AskingOne,
): ReadonlyMap<Unit, number> {
  const found = new Map<Unit, number>()
  for (const { units, end } of askCall(snapshot, clients, called, asking)) for (const unit of units) found.set(unit, rankOf(end.verdict))
  return found
}
