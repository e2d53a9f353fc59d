import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { VersionContent } from '#analyst/analyst'
import type { GroupQuestion } from '#engine/model/groups/group-question'
import type { GroupedCalls } from '#engine/model/groups/grouped-calls'
import type { WorkSignal } from '#engine/model/work-signal'
import type { Asking } from '../dependencies.js'
import { checkRows, checkSubject } from './check-subject.js'
import { checkMoment } from './moment.js'
import { answeredFor } from './answered-for.js'

/** Who can call this, and who cannot, and why? */
export async function askCallers(
  { analyst, now, caller }: Asking,
  version: VersionContent,
  question: GroupQuestion,
  signal?: WorkSignal,
): Promise<GroupedCalls> {
  admit(caller, 'askCallers')
  checkMoment(question.at)
  checkRows(question)
  checkSubject(question.of)
  return answeredFor(
    { caller, deed: 'askCallers', version },
    await analyst.ask('callers', { question, at: now(), signal, view: viewFor(caller, version) }, version),
  )
}
