import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { VersionContent } from '#analyst/analyst'
import type { VisibilityQuestion } from '#engine/model/question'
import type { ServiceVisibility } from '#engine/model/visibility'
import { answeredFor } from './answered-for.js'
import type { Asking } from '../dependencies.js'
import { checkVisibilityQuestion } from './check-visibility-question.js'

/** What does this workload see? `page` and `first` are about the services seen; the first of the hidden ones come along. */
export async function askVisibility(
  { analyst, caller }: Asking,
  version: VersionContent,
  question: VisibilityQuestion,
): Promise<ServiceVisibility> {
  admit(caller, 'askVisibility')
  checkVisibilityQuestion(question)
  return answeredFor(
    { caller, deed: 'askVisibility', version },
    await analyst.ask('visibility', { question, view: viewFor(caller, version) }, version),
  )
}
