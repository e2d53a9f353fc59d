import { answerFrom } from '#engine/analysis/answer/answer-from'
import { traceCall } from '#engine/analysis/trace-call'
import type { ReachabilityQuestion } from '#engine/model/question'
import type { Reachability } from '#engine/model/reachability'
import type { Snapshot } from '#engine/snapshot/snapshot'

/** The answer as somebody reads it; `at` is in milliseconds since the epoch. */
export const answerTo = (snapshot: Snapshot, question: ReachabilityQuestion, at = 0): Reachability => {
  const trace = traceCall(snapshot, question, at)
  if ('problem' in trace) throw new Error(trace.problem.message)
  return answerFrom(trace, question)
}
