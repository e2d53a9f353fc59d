import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { VersionContent } from '#analyst/analyst'
import { roomOf } from '#engine/model/answer-too-large'
import { AppError } from '#engine/model/app-error'
import type { ReachabilityQuestion } from '#engine/model/question'
import type { Written } from '#engine/model/written'
import { answeredFor } from './answered-for.js'
import { valueOf } from './value-of.js'
import type { AskingInWords } from '../dependencies.js'
import { checkDestination } from './check-destination.js'
import { checkSource } from './check-source.js'
import { checkMoment } from './moment.js'

/** Does this call arrive, and why? In JSON, which nobody here reads. */
export async function askCall(
  { analyst, now, caller, answerLimit }: AskingInWords,
  version: VersionContent,
  question: ReachabilityQuestion,
): Promise<Written> {
  admit(caller, 'askCall')
  checkMoment(question.at)
  checkSource(question.from)
  checkDestination(question.to)
  const [answer] = valueOf(
    await analyst.ask('calls', { questions: [question], at: now(), room: roomOf(answerLimit), view: viewFor(caller, version) }, version),
  )
  if (answer === undefined) throw new AppError('INTERNAL', 'the analyst gave no answer')
  return answeredFor({ caller, deed: 'askCall', version }, answer)
}
