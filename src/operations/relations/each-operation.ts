import { admit } from '#access/admit'
import type { Deed } from '#access/permissions'
import { viewFor } from '#access/view-for'
import type { Answered, Asks, EachKind, VersionContent } from '#analyst/analyst'
import { AppError, problemOf } from '#engine/model/app-error'
import type { View } from '#engine/model/topology/view'
import type { Asking } from '../dependencies.js'
import { tellRefusal } from '../questions/answered-for.js'
import { valueOf } from '../questions/value-of.js'

export type { Answered }

/** What every question is asked with. */
interface With {
  readonly at: number
  readonly view: View | undefined
}

interface Way<Kind extends EachKind, Question> {
  readonly of: Kind
  /** Throws where a question cannot be asked, whatever there is. */
  check(question: Question): void
  asked(question: Question, common: With): Asks[Kind]['asked']
}

type Operation<Question, Answer> = (
  asking: Asking,
  version: VersionContent,
  questions: readonly Question[],
) => Promise<readonly Answered<Answer>[]>

/** The operation that asks many questions of a kind at once: who may, and which are refused before anything is read. Each has its answer or its problem. */
export const eachOperation =
  <Question, Kind extends EachKind>(deed: Deed, way: Way<Kind, Question>): Operation<Question, Asks[Kind]['answer']> =>
  async ({ analyst, now, caller }, version, questions) => {
    admit(caller, deed)
    const common = { at: now(), view: viewFor(caller, version) }
    const faults = questions.map((question) => faultOf(way, question))
    const asked = questions.filter((_, index) => faults[index] === undefined).map((question) => way.asked(question, common))
    const answers = asked.length === 0 ? [] : valueOf(await analyst.ask('each', { of: way.of, asked }, version))
    for (const answer of answers) tellRefusal({ caller, deed, version }, answer)
    const arrived = answers.values()
    return faults.map((fault) => fault ?? (arrived.next().value as Answered<Asks[Kind]['answer']>))
  }

function faultOf<Question>(way: Pick<Way<EachKind, Question>, 'check'>, question: Question): Answered<never> | undefined {
  try {
    way.check(question)
    return undefined
  } catch (error) {
    if (error instanceof AppError) return { problem: problemOf(error) }
    throw error
  }
}
