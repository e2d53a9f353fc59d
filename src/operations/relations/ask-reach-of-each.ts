import type { GroupQuestion } from '#engine/model/groups/group-question'
import { checkGroupQuestion } from '../questions/check-group-question.js'
import { eachOperation } from './each-operation.js'

/** Whom can each of these call, and why? */
export const askReachOfEach = eachOperation<GroupQuestion, 'reach'>('askReachOfEach', {
  of: 'reach',
  check: checkGroupQuestion,
  asked: (question, common) => ({ question, ...common }),
})
