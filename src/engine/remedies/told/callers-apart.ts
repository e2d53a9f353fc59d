import { kindsIn } from '../../analysis/likeness/kind-of.js'
import type { SourceInput } from '../../model/question.js'
import { pause } from '../../pause.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { isPassed, type Workload } from '../../snapshot/workloads/workload.js'

/** What users call a workload, and the question it asks. */
export interface CallerApart {
  /** `cluster/namespace/owner`. */
  readonly name: string
  readonly from: SourceInput
}

export const nameOfOwner = ({ cluster, namespace, owner }: Workload): string => `${cluster}/${namespace}/${owner.name}`

/** The kinds of each owner's instances; a change may tell apart what nothing told apart before. */
const kindsOfOwners = (snapshot: Snapshot): ReadonlyMap<string, ReadonlySet<number>> => {
  const kindOf = kindsIn(snapshot).callers
  const found = new Map<string, Set<number>>()
  for (const workload of workloadsOf(snapshot)) {
    pause()
    const key = `${workload.owner.kind} ${nameOfOwner(workload)}`
    const known = found.get(key)
    if (known === undefined) found.set(key, new Set([kindOf(workload)]))
    else known.add(kindOf(workload))
  }
  return found
}

const workloadsOf = ({ clusters }: Snapshot): readonly Workload[] =>
  [...clusters.values()].flatMap((cluster) =>
    cluster.namespaceNames.flatMap((namespace) => cluster.workloads(namespace).filter((workload) => !isPassed(workload))),
  )

/** Workloads that neither version tells apart, in lists; one of a list asks for all of it. Rule FLOW-1. */
export function callersApart(before: Snapshot, after: Snapshot): readonly (readonly CallerApart[])[] {
  const [then, now] = [kindsOfOwners(before), kindsOfOwners(after)]
  const owners = new Map(workloadsOf(before).map((workload) => [`${workload.owner.kind} ${nameOfOwner(workload)}`, workload]))
  const lists = new Map<string, CallerApart[]>()
  for (const [key, workload] of [...owners].sort(([a], [b]) => (a < b ? -1 : 1))) {
    pause()
    const kinds = [then, now].map((found) => [...(found.get(key) ?? [])].sort((a, b) => a - b).join())
    const { cluster, namespace, owner } = workload
    const caller = { name: nameOfOwner(workload), from: { cluster, namespace, workload: `${owner.kind}/${owner.name}` } }
    const known = lists.get(kinds.join(' '))
    if (known === undefined) lists.set(kinds.join(' '), [caller])
    else known.push(caller)
  }
  return [...lists.values()]
}
