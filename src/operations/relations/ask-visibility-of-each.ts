import type { VisibilityQuestion } from '#engine/model/question'
import { readPage } from '../page.js'
import { checkSource } from '../questions/check-source.js'
import { eachOperation } from './each-operation.js'

/** What does each of these workloads see? */
export const askVisibilityOfEach = eachOperation<VisibilityQuestion, 'visibility'>('askVisibilityOfEach', {
  of: 'visibility',
  check: (question) => {
    readPage(question)
    checkSource(question.from)
  },
  asked: (question, { view }) => ({ question, view }),
})
