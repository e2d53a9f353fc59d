import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { VersionContent } from '#analyst/analyst'
import { AppError } from '#engine/model/app-error'
import type { ReachabilityQuestion } from '#engine/model/question'
import type { Reachability } from '#engine/model/reachability'
import type { Selection } from '#engine/model/selection'
import { answeredFor } from './answered-for.js'
import { valueOf } from './value-of.js'
import type { Asking } from '../dependencies.js'
import { checkDestination } from './check-destination.js'
import { checkSource } from './check-source.js'
import { checkMoment } from './moment.js'

/** Does this call arrive, and why? `wanted`: the only fields that the caller reads; the others may then be absent. */
export async function askReachability(
  { analyst, now, caller }: Asking,
  version: VersionContent,
  question: ReachabilityQuestion,
  wanted?: Selection,
): Promise<Reachability> {
  admit(caller, 'askReachability')
  checkMoment(question.at)
  checkSource(question.from)
  checkDestination(question.to)
  const [answer] = valueOf(
    await analyst.ask('reachability', { questions: [question], at: now(), wanted, view: viewFor(caller, version) }, version),
  )
  if (answer === undefined) throw new AppError('INTERNAL', 'the analyst gave no answer')
  return answeredFor({ caller, deed: 'askReachability', version }, answer)
}
