import type { GroupQuestion } from '#engine/model/groups/group-question'
import { checkRows, checkSubject } from '../questions/check-subject.js'
import { checkMoment } from '../questions/moment.js'

/** Refuses what no version could answer. */
export function checkGroupQuestion(question: GroupQuestion): void {
  checkMoment(question.at)
  checkRows(question)
  checkSubject(question.of)
}
