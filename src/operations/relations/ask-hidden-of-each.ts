import type { VisibilityQuestion } from '#engine/model/question'
import { checkVisibilityQuestion } from '../questions/check-visibility-question.js'
import { eachOperation } from './each-operation.js'

/** What does each of these workloads not see? */
export const askHiddenOfEach = eachOperation<VisibilityQuestion, 'hidden'>('askHiddenOfEach', {
  of: 'hidden',
  check: checkVisibilityQuestion,
  asked: (question, { view }) => ({ question, view }),
})
