import type { EffectivePolicyQuestion, GroupQuestion, IsolationQuestion } from '#engine/model/groups/group-question'
import { checkRows, checkSubject } from './check-subject.js'
import { checkMoment } from './moment.js'

export type AnyGroupQuestion = GroupQuestion | IsolationQuestion | EffectivePolicyQuestion

/** Refuses what no version could answer. */
export function checkGroupQuestion(question: AnyGroupQuestion): void {
  checkMoment(question.at)
  checkRows(question)
  if ('of' in question) checkSubject(question.of)
  else for (const [index, subject] of question.between.entries()) checkSubject(subject, `#/between/${index}`)
}
