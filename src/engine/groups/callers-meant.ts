import { resolveSource } from '../analysis/caller/resolve-source.js'
import type { Client } from '../analysis/call/call.js'
import { clientsFor, crowded } from '../analysis/likeness/crowds-in.js'
import { isProblem } from '../model/app-error.js'
import type { SubjectInput } from '../model/groups/subject-input.js'
import { groupBy } from '../group-by.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { isPassed, type Workload } from '../snapshot/workloads/workload.js'
import type { Problematic } from './problematic.js'
import { workloadsMeant } from './workloads-meant.js'

/** Callers of one side: clients that stand for all of them, and whether those outside are meant as well. */
export interface Callers {
  readonly clients: readonly Client[]
  readonly outside: boolean
}

export function callersMeant(snapshot: Snapshot, subject: SubjectInput): Callers | Problematic {
  if (subject.outside) return { clients: [], outside: true }
  if (subject.proxy || subject.gateway) {
    const source = resolveSource(snapshot, subject)
    return isProblem(source) ? source : { clients: source.clients, outside: false }
  }
  const workloads = workloadsMeant(snapshot, subject)
  if (isProblem(workloads)) return workloads
  return {
    clients: crowdsOf(
      snapshot,
      workloads.filter((one) => !isPassed(one) || names(subject)),
    ),
    outside: false,
  }
}

/** Gateways call nobody of their own accord: only who is named is asked. */
const names = ({ workload, spiffeId, serviceAccount }: SubjectInput): boolean => Boolean(workload || spiffeId || serviceAccount)

function crowdsOf(snapshot: Snapshot, workloads: readonly Workload[]): readonly Client[] {
  const byCluster = groupBy(workloads, ({ cluster }) => cluster)
  return [...byCluster].flatMap(([name, own]) => {
    const cluster = snapshot.clusters.get(name)
    return cluster === undefined ? [] : clientsFor(snapshot, cluster, crowded(snapshot, own))
  })
}
