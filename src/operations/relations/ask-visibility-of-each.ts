import type { VisibilityQuestion } from '#engine/model/question'
import { checkVisibilityQuestion } from '../questions/check-visibility-question.js'
import { eachOperation } from './each-operation.js'

/** What does each of these workloads see? */
export const askVisibilityOfEach = eachOperation<VisibilityQuestion, 'visibility'>('askVisibilityOfEach', {
  of: 'visibility',
  check: checkVisibilityQuestion,
  asked: (question, { view }) => ({ question, view }),
})
