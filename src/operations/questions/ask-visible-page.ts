import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { VersionContent } from '#analyst/analyst'
import type { Written } from '#engine/model/written'
import { roomOf } from '#engine/model/answer-too-large'
import type { VisibilityQuestion } from '#engine/model/question'
import { answeredFor } from './answered-for.js'
import type { AskingInWords } from '../dependencies.js'
import { checkVisibilityQuestion } from './check-visibility-question.js'

/** What does this workload see, and what not? In JSON: both lists page by page together, each with up to `first` items. */
export async function askVisiblePage(
  { analyst, caller, answerLimit }: AskingInWords,
  version: VersionContent,
  question: VisibilityQuestion,
): Promise<Written> {
  admit(caller, 'askVisiblePage')
  checkVisibilityQuestion(question)
  return answeredFor(
    { caller, deed: 'askVisiblePage', version },
    await analyst.write('visiblePage', { question, view: viewFor(caller, version) }, roomOf(answerLimit), version),
  )
}
