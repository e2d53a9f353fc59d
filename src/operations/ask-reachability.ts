import type { VersionContent } from '#analyst/analyst'
import { AppError } from '#engine/model/app-error'
import type { ReachabilityQuestion } from '#engine/model/question'
import type { Reachability } from '#engine/model/reachability'
import { valueOf } from './answered.js'
import type { Asking } from './dependencies.js'
import { checkMoment } from './moment.js'

/** Does this call arrive, and why? */
export async function askReachability(
  { analyst, now }: Asking,
  version: VersionContent,
  question: ReachabilityQuestion,
): Promise<Reachability> {
  checkMoment(question.at)
  const [answer] = await analyst.reachability(version, [question], now())
  if (answer === undefined) throw new AppError('INTERNAL', 'the analyst gave no answer')
  return valueOf(answer)
}
