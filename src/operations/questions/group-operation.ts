import { admit } from '#access/admit'
import type { Deed } from '#access/permissions'
import { viewFor } from '#access/view-for'
import type { Analyst, Answered, VersionContent } from '#analyst/analyst'
import type { View } from '#engine/model/topology/view'
import type { WorkSignal } from '#engine/model/work-signal'
import type { Asking } from '../dependencies.js'
import { answeredFor } from './answered-for.js'
import { type AnyGroupQuestion, checkGroupQuestion } from './check-group-question.js'

/** As the analyst is asked. */
interface Asked<Question> {
  readonly question: Question
  readonly at: number
  readonly signal: WorkSignal | undefined
  readonly view: View | undefined
}

type Operation<Question, Answer> = (asking: Asking, version: VersionContent, question: Question, signal?: WorkSignal) => Promise<Answer>

/** The operation that asks about groups in this way: who may, and what is refused before anything is read. */
export const groupOperation =
  <Question extends AnyGroupQuestion, Answer>(
    deed: Deed,
    ask: (analyst: Analyst, asked: Asked<Question>, version: VersionContent) => Promise<Answered<Answer>>,
  ): Operation<Question, Answer> =>
  async ({ analyst, now, caller }, version, question, signal) => {
    admit(caller, deed)
    checkGroupQuestion(question)
    return answeredFor(
      { caller, deed, version },
      await ask(analyst, { question, at: now(), signal, view: viewFor(caller, version) }, version),
    )
  }
