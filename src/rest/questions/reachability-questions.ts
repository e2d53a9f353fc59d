import Type from 'typebox'
import { mostCalls } from '#engine/model/limits'
import { Moment, ReachabilityQuestion } from '#engine/model/question'
import { Reachability } from '#engine/model/reachability'
import { ProblemDocument } from '../problem-document.js'

/** Many calls about one version; `at` holds for those that state none of their own. */
export const ReachabilityQuestions = Type.Object(
  { calls: Type.Array(ReachabilityQuestion, { minItems: 1, maxItems: mostCalls }), at: Moment },
  { additionalProperties: false },
)

/** Their answers in the same order; a call that cannot be asked about has its problem in its place. */
export const ReachabilityAnswers = Type.Object({
  answers: Type.Array(Type.Union([Reachability, Type.Object({ problem: ProblemDocument })])),
})
