import { answerCallers } from '#engine/groups/answer-callers'
import { answerIsolation } from '#engine/groups/answer-isolation'
import { answerReach } from '#engine/groups/answer-reach'
import type { EffectivePolicyQuestion, GroupQuestion, IsolationQuestion } from '#engine/model/groups/group-question'
import type { Group, GroupedCalls, GroupRow, Isolation } from '#engine/model/groups/grouped-calls'
import { isProblem, type Problem } from '#engine/model/app-error'
import { answerEffectivePolicy } from '#engine/groups/effective/answer-effective-policy'
import type { EffectivePolicy } from '#engine/model/groups/effective-policy'
import type { Snapshot } from '#engine/snapshot/snapshot'

const at = 0

function answered<T extends object>(answer: T): Exclude<T, { readonly problem: Problem }> {
  if (isProblem(answer)) throw new Error(`${answer.problem.code}: ${answer.problem.message}`)
  return answer as Exclude<T, { readonly problem: Problem }>
}

export const callers = (snapshot: Snapshot, question: GroupQuestion): GroupedCalls => answered(answerCallers(snapshot, question, { at }))
export const reach = (snapshot: Snapshot, question: GroupQuestion): GroupedCalls => answered(answerReach(snapshot, question, { at }))
export const isolation = (snapshot: Snapshot, question: IsolationQuestion): Isolation =>
  answered(answerIsolation(snapshot, question, { at }))
export const effective = (snapshot: Snapshot, question: EffectivePolicyQuestion): EffectivePolicy =>
  answered(answerEffectivePolicy(snapshot, question))

const nameOf = ({ kind, cluster, namespace, name }: Group): string => `${kind} ${[cluster, namespace, name].filter(Boolean).join('/')}`

/** A row as one line: who, how many, to which port of what, and how it ends. */
export const lineOf = ({ group, peer, port, count, verdict, reason }: GroupRow): string =>
  `${nameOf(group)} (${count}) > ${peer === null ? '*' : peer.name}:${port ?? '*'} ${verdict} ${reason}`

export const lines = ({ rows }: GroupedCalls): readonly string[] => rows.map(lineOf)
