import type { VisibilityQuestion } from '#engine/model/question'
import { readPage } from '../page.js'
import { checkSource } from './check-source.js'

/** Refuses what no version could answer. */
export function checkVisibilityQuestion(question: VisibilityQuestion): void {
  readPage(question)
  checkSource(question.from)
}
