import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { VersionContent } from '#analyst/analyst'
import type { EffectivePolicy } from '#engine/model/groups/effective-policy'
import type { EffectivePolicyQuestion } from '#engine/model/groups/group-question'
import type { Asking } from '../dependencies.js'
import { checkRows, checkSubject } from './check-subject.js'
import { checkMoment } from './moment.js'
import { answeredFor } from './answered-for.js'

/** What is in force for this workload, port by port, and what overrides what? */
export async function askEffectivePolicy(
  { analyst, caller }: Asking,
  version: VersionContent,
  question: EffectivePolicyQuestion,
): Promise<EffectivePolicy> {
  admit(caller, 'askEffectivePolicy')
  checkMoment(question.at)
  checkRows(question)
  checkSubject(question.of)
  return answeredFor(
    { caller, deed: 'askEffectivePolicy', version },
    await analyst.ask('effectivePolicy', { question, view: viewFor(caller, version) }, version),
  )
}
