import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { VersionContent } from '#analyst/analyst'
import type { IsolationQuestion } from '#engine/model/groups/group-question'
import type { Isolation } from '#engine/model/groups/grouped-calls'
import type { WorkSignal } from '#engine/model/work-signal'
import type { Asking } from '../dependencies.js'
import { checkRows, checkSubject } from './check-subject.js'
import { checkMoment } from './moment.js'
import { answeredFor } from './answered-for.js'

/** Is there no call between these two, in either direction? */
export async function askIsolation(
  { analyst, now, caller }: Asking,
  version: VersionContent,
  question: IsolationQuestion,
  signal?: WorkSignal,
): Promise<Isolation> {
  admit(caller, 'askIsolation')
  checkMoment(question.at)
  checkRows(question)
  for (const [index, subject] of question.between.entries()) checkSubject(subject, `#/between/${index}`)
  return answeredFor(
    { caller, deed: 'askIsolation', version },
    await analyst.ask('isolation', { question, at: now(), signal, view: viewFor(caller, version) }, version),
  )
}
