import { admit } from '#access/admit'
import type { VersionContent } from '#analyst/analyst'
import { AppError, type Problem } from '#engine/model/app-error'
import type { ReachabilityQuestion } from '#engine/model/question'
import type { Reachability } from '#engine/model/reachability'
import { valueOf } from './value-of.js'
import type { Asking } from '../dependencies.js'
import { checkDestination } from './check-destination.js'
import { checkSource } from './check-source.js'
import { checkMoment } from './moment.js'

const limit = 1000
/** Answers come back in pieces, so that reading them leaves room for other requests. */
const chunk = 20

export type BatchAnswer = Reachability | { readonly problem: Problem }

/** Up to 1,000 calls about one version, answered in order; a question that cannot be asked does not stop the others. */
export async function askReachabilityBatch(
  { analyst, now, caller }: Asking,
  version: VersionContent,
  { calls, at }: { readonly calls: readonly ReachabilityQuestion[]; readonly at?: string | null | undefined },
): Promise<{ readonly answers: readonly BatchAnswer[] }> {
  admit(caller, 'askReachabilityBatch')
  if (calls.length > limit) {
    throw new AppError('PARAMETER_INVALID', `${calls.length} calls are asked about at once; at most ${limit} are answered`, {
      errors: [{ code: 'TOO_MANY', detail: `at most ${limit} calls`, pointer: '#/calls' }],
    })
  }
  const questions = calls.map((call) => ({ ...call, at: call.at ?? at ?? null }))
  for (const [index, question] of questions.entries()) {
    checkMoment(question.at)
    checkSource(question.from, `#/calls/${index}/from`)
    checkDestination(question.to, `#/calls/${index}/to`)
  }
  const moment = now()
  const chunks = Array.from({ length: Math.ceil(questions.length / chunk) }, (_, index) =>
    questions.slice(index * chunk, (index + 1) * chunk),
  )
  const answers = (await Promise.all(chunks.map((some) => analyst.ask('reachability', { questions: some, at: moment }, version)))).flatMap(
    valueOf,
  )
  return { answers: answers.map((answer) => ('value' in answer ? answer.value : { problem: answer.problem })) }
}
