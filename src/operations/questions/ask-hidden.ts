import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { VersionContent } from '#analyst/analyst'
import type { VisibilityQuestion } from '#engine/model/question'
import type { ServiceVisibility } from '#engine/model/visibility'
import { answeredFor } from './answered-for.js'
import type { Asking } from '../dependencies.js'
import { checkVisibilityQuestion } from './check-visibility-question.js'

/** Which services of its control plane does this workload not see? `page` and `first` are about these. */
export async function askHidden(
  { analyst, caller }: Asking,
  version: VersionContent,
  question: VisibilityQuestion,
): Promise<ServiceVisibility> {
  admit(caller, 'askHidden')
  checkVisibilityQuestion(question)
  return answeredFor(
    { caller, deed: 'askHidden', version },
    await analyst.ask('hidden', { question, view: viewFor(caller, version) }, version),
  )
}
