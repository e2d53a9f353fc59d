import type { Client } from '../analysis/call/call.js'
import { crowdsIn } from '../analysis/likeness/crowds-in.js'
import { type Problem, isProblem } from '../model/app-error.js'
import type { GroupQuestion } from '../model/groups/group-question.js'
import type { GroupedCalls } from '../model/groups/grouped-calls.js'
import { remembered } from '../remembered.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { isPassed } from '../snapshot/workloads/workload.js'
import { askGroups, type Asking, atPort } from './ask-groups.js'
import { calledMeant } from './called-meant.js'
import { tellGroups } from './tell-groups.js'

/** Everybody who calls of his own accord. */
const everyCaller = remembered((snapshot: Snapshot): readonly Client[] =>
  [...snapshot.clusters.values()].flatMap((cluster) =>
    cluster.namespaceNames.flatMap((namespace) => crowdsIn(snapshot, cluster, namespace).filter(({ workload }) => !isPassed(workload))),
  ),
)

/** Who can call it, whoever that is: workloads, the outside, and gateways that call for it. */
export function answerCallers(snapshot: Snapshot, question: GroupQuestion, asking: Asking): GroupedCalls | { readonly problem: Problem } {
  const meant = calledMeant(snapshot, question.of)
  if (isProblem(meant)) return meant
  const { called, assumptions } = meant
  const everybody = { clients: everyCaller(snapshot), outside: true, gateways: true }
  return tellGroups(askGroups(snapshot, everybody, atPort(called, question.port), asking), question, 'CALLERS', {
    ...asking,
    assumptions: [...snapshot.assumptions, ...assumptions],
  })
}
