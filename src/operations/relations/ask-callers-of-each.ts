import type { GroupQuestion } from '#engine/model/groups/group-question'
import { checkGroupQuestion } from '../questions/check-group-question.js'
import { eachOperation } from './each-operation.js'

/** Who can call each of these, and why? */
export const askCallersOfEach = eachOperation<GroupQuestion, 'callers'>('askCallersOfEach', {
  of: 'callers',
  check: checkGroupQuestion,
  asked: (question, common) => ({ question, ...common }),
})
